import { render } from 'preact';
import './theme.css';
import './app.css';
import { Door } from './frame/door.tsx';
import { pageAt } from './pages/list.ts';
import { startKeys } from './state/keys.ts';
import { startRouter } from './state/router.ts';

startRouter((path) => pageAt(path) !== undefined);
startKeys();
render(<Door />, document.getElementById('root') as HTMLElement);
