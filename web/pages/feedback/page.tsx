import { definePage } from '../page.ts';
import { PATH } from './address.ts';
import { FeedbackList } from './list.tsx';

export default definePage({
  path: PATH,
  title: 'Feedback',
  icon: 'feedback',
  key: 'f',
  order: 6,
  flush: true,
  count: ({ feedback }) => (feedback.open === 0 ? '' : String(feedback.open)),
  view: FeedbackList,
});
