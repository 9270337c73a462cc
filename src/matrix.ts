/** The square matrix that ml-matrix's decompositions work on: all that they use of its own class. See `decompositions` in rollup.config.mjs. */
export class Matrix {
  readonly rows: number;
  readonly columns: number;
  /** All elements, row by row. */
  readonly flat: Float64Array;
  /** The rows: views on `flat`. */
  readonly data: readonly Float64Array[];

  constructor(rows: number, columns: number, flat: Float64Array = new Float64Array(rows * columns)) {
    this.rows = rows;
    this.columns = columns;
    this.flat = flat;
    this.data = Array.from({ length: rows }, (_, i) => flat.subarray(i * columns, (i + 1) * columns));
  }

  get(row: number, column: number): number {
    return this.data[row][column];
  }

  set(row: number, column: number, value: number): void {
    this.data[row][column] = value;
  }
}
