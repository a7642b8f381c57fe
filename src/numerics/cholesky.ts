/** Cholesky decomposition of a correlation matrix. */

/** A pivot not above this counts as 0: the matrix is then not positive definite within rounding. */
const LEAST_PIVOT = 1e-12;

/**
 * Lower triangular L with L·Lᵀ = matrix, row i holding its i + 1 numbers; undefined if the symmetric matrix is not
 * positive definite. Only the lower triangle is read.
 */
export function cholesky(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const rows: number[][] = [];
  for (const [i, given] of matrix.entries()) {
    const row: number[] = [];
    for (let j = 0; j <= i; j++) {
      const other = j === i ? row : rows[j]!;
      let rest = given[j]!;
      for (let k = 0; k < j; k++) rest -= row[k]! * other[k]!;
      if (j < i) row.push(rest / other[j]!);
      else if (rest > LEAST_PIVOT) row.push(Math.sqrt(rest));
      else return undefined;
    }
    rows.push(row);
  }
  return rows;
}
