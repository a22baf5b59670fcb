"""`python -m bench.unlimited serve …`: the `hopthu` command, without proof of work and limits.

A load generator is one address that sends a month's reports in a minute. There is no setting for
this, so that no city can be run so by mistake; the web workers are forks of this process and have
it from here.
"""

import sys

from hopthu.cli.main import main
from hopthu.web import rates

if __name__ == "__main__":
    rates.switch_off()
    sys.exit(main())
