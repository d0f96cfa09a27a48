/** Builds the screens into web/dist. */
import { build } from 'vite';

await build({ logLevel: 'warn' });
