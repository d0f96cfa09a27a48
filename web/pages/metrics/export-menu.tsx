import type { JSX } from 'preact';
import { savePicture } from '../../charts/picture.ts';
import type { Line } from '../../charts/rows.ts';
import { useKeys } from '../../state/keys.ts';
import { frameQuery } from '../../state/api.ts';
import { range } from '../../state/range.ts';
import { rangeQuery } from '../../words/range.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Menu, MenuItem } from '../../widgets/menu.tsx';
import { question } from './question.ts';

/** The chart as a picture, its numbers as a file or an address. */
export function ExportMenu(props: {
  title: string;
  meta: string;
  lines: readonly Line[];
  canvases: { current: { current: HTMLCanvasElement | null }[] };
}): JSX.Element {
  const { targets, muted } = question.value;
  const asked = targets.filter((_, index) => !muted.has(index));
  const render = (format: string): string => `/render?${frameQuery(asked, { ...rangeQuery(range.value), format })}`;
  useKeys([{ keys: 'e', about: 'export', run: () => document.querySelector<HTMLElement>('[data-export]')?.click() }]);
  const picture = (): void => {
    const canvases = props.canvases.current.map((one) => one.current).filter((canvas) => canvas !== null);
    void savePicture(canvases, props.title, props.meta, props.lines);
  };
  return (
    <Menu
      name="Export"
      end
      button={(attributes) => (
        <button {...attributes} data-export class="btn quiet icon" aria-label="Export PNG, CSV, JSON" title="Export  e">
          <Icon name="download" />
        </button>
      )}
    >
      {(close) => (
        <>
          <MenuItem close={close} onDo={picture}>
            PNG, as shown
          </MenuItem>
          <a role="menuitem" href={render('csv')} download="heed.csv" onClick={close}>
            CSV
          </a>
          <a role="menuitem" href={render('json')} target="_blank" rel="noreferrer" onClick={close}>
            JSON
          </a>
        </>
      )}
    </Menu>
  );
}
