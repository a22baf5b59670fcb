/* What may be wrong with a file that is checked: a code that the page has words for, and what it
   needs to say them (`told`). Anything else that is thrown is a mistake of ours. */

export class Fault extends Error {
  constructor(code, told = {}) {
    super(code);
    this.code = code;
    this.told = told;
  }
}

/** The result of `read`; what it throws by itself becomes the fault `code`. */
export function or(code, told, read) {
  try {
    return read();
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(code, told);
  }
}
