import { may } from '../../../state/me.ts';
import { definePart } from '../part.ts';
import { TokenList } from './list.tsx';

export default definePart({ path: '/settings/tokens', title: 'Tokens', order: 2, shown: () => may('org:admin'), view: TokenList });
