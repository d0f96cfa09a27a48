/** Rows after an answer. `held` keeps those that are shown where they are, each with its newest figures; how many wait is told. */
export function mergeRows<Row extends { id: number }>(before: readonly Row[], answer: readonly Row[], held: boolean): { rows: Row[]; waiting: number } {
  if (!held || before.length === 0) return { rows: [...answer], waiting: 0 };
  const newest = new Map(answer.map((row) => [row.id, row]));
  const shown = new Set(before.map(({ id }) => id));
  return {
    rows: before.map((row) => newest.get(row.id) ?? row),
    waiting: answer.filter(({ id }) => !shown.has(id)).length,
  };
}

/** Two pages as one list: what moved from one to the other between the questions is there once. */
export function appendRows<Row extends { id: number }>(before: readonly Row[], more: readonly Row[]): Row[] {
  const shown = new Set(before.map(({ id }) => id));
  return [...before, ...more.filter(({ id }) => !shown.has(id))];
}
