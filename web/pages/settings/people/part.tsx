import { may } from '../../../state/me.ts';
import { definePart } from '../part.ts';
import { PeopleList } from './list.tsx';

export default definePart({ path: '/settings/people', title: 'People', order: 3, shown: () => may('org:read'), view: PeopleList });
