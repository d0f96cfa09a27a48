import { definePart } from '../part.ts';
import { TokenList } from './list.tsx';

export default definePart({ path: '/settings/tokens', title: 'Tokens', order: 2, view: TokenList });
