import { me } from '../../../state/me.ts';
import { definePart } from '../part.ts';
import { You } from './you.tsx';

export default definePart({ path: '/settings/you', title: 'You', order: 5, shown: () => Boolean(me.value?.person), view: You });
