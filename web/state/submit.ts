import { useState } from 'preact/hooks';

/** A form that does something: while that is under way it is not done again, and why it could not be done is said. */
export interface Submit {
  busy: boolean;
  problem: string;
  /** For `onSubmit`. */
  submit: (event: Event) => void;
}

/** @param work stays busy after it, as the form goes; `again` is for forms that stay */
export function useSubmit(work: () => Promise<void>, { again = false, said = '' }: { again?: boolean; said?: string | (() => string) } = {}): Submit {
  const [problem, setProblem] = useState(said);
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await work();
      if (!again) return;
      setProblem('');
    } catch (error) {
      setProblem((error as Error).message);
    }
    setBusy(false);
  };
  return {
    busy,
    problem,
    submit: (event) => {
      event.preventDefault();
      void run();
    },
  };
}
