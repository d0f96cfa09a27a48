import { render } from 'preact';
import './theme.css';
import './app.css';
import { App } from './frame/app.tsx';
import { pageAt } from './pages/list.ts';
import { startKeys } from './state/keys.ts';
import { followNow } from './state/now.ts';
import { startRouter } from './state/router.ts';

startRouter((path) => pageAt(path) !== undefined);
startKeys();
followNow();
render(<App />, document.getElementById('root') as HTMLElement);
