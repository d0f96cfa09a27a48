import type { FeedbackItem, FeedbackState } from '../../../src/api/contract-feedback.ts';
import { changeFeedback, removeFeedback } from '../../state/feedback.ts';
import { say } from '../../state/toast.ts';
import { whoOf } from './words.ts';

const DONE: Record<FeedbackState, string> = { open: 'is open again', resolved: 'is resolved', spam: 'is spam' };

/** Changes the state; that is told with a way back for ten seconds. */
export async function settle(item: FeedbackItem, state: FeedbackState, again: () => void): Promise<void> {
  try {
    const { before } = await changeFeedback([item.id], state);
    const back = async (): Promise<void> => {
      for (const one of before) await changeFeedback([one.id], one.state);
      say('As it was before');
      again();
    };
    const undo = (): void => void back().catch((error: unknown) => say((error as Error).message));
    say(`What ${whoOf(item)} wrote ${DONE[state]}`, before.length === 0 ? undefined : { text: 'Undo', run: undo });
  } catch (error) {
    say((error as Error).message);
  }
  again();
}

/** Removes it for good. @throws what the API says against it */
export async function remove(item: FeedbackItem, again: () => void): Promise<void> {
  await removeFeedback(item.id);
  say(`What ${whoOf(item)} wrote is removed`);
  again();
}
