/** How the catalog's file is written to: `what` names it in the error `cannot <what>: <cause>`. */
export type Change = <Result>(what: string, change: () => Result) => Result;
