import type { JSX } from 'preact';
import type { Panel } from '../../../src/core/dashboard.ts';
import { asGrafana } from '../../state/dashboards.ts';
import { copyText, say } from '../../state/toast.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Menu, MenuItem } from '../../widgets/menu.tsx';
import { exploreLink, panelLink, renderLink, textLink } from './panel-links.ts';
import { isDrawn } from './panels/rows.ts';

/** What can be done with a panel. */
export interface PanelActions {
  full: () => void;
  edit: () => void;
  duplicate: () => void;
  remove: () => void;
}

/** `panel` with the reader's choice in it; `plain` as it is written. */
export function PanelMenu({ panel, plain, name, actions }: { panel: Panel; plain: Panel; name: string; actions: PanelActions }): JSX.Element {
  const title = panel.title || 'panel';
  return (
    <Menu
      name={title}
      end
      button={(attributes) => (
        <button {...attributes} class="btn quiet icon push panel-more" aria-label={`More for ${title}`}>
          <Icon name="more" small />
        </button>
      )}
    >
      {(close) => {
        const item = (text: string, run: () => void): JSX.Element => (
          <MenuItem key={text} close={close} onDo={run}>
            {text}
          </MenuItem>
        );
        const link = (text: string, href: string, file?: string): JSX.Element => (
          <a
            key={text}
            role="menuitem"
            href={href}
            download={file}
            target={file === undefined && href.startsWith('/render') ? '_blank' : undefined}
            rel="noreferrer"
            onClick={close}
          >
            {text}
          </a>
        );
        return (
          <>
            {item('Full screen', actions.full)}
            {item('Copy link', () => void copyText(panelLink(name), 'Link copied'))}
            {isDrawn(panel) && (
              <>
                {link('Explore', exploreLink(panel))}
                {link('PNG', renderLink(panel, 'png'), `${name}.png`)}
                {link('SVG', renderLink(panel, 'svg'), `${name}.svg`)}
                {link('CSV', renderLink(panel, 'csv'), `${name}.csv`)}
              </>
            )}
            {panel.type === 'text' && (
              <>
                {link('PNG', textLink(panel, 'png'), `${name}.png`)}
                {link('SVG', textLink(panel, 'svg'), `${name}.svg`)}
              </>
            )}
            {item('Copy as Grafana panel', () => {
              asGrafana({ panel: plain }).then(
                (json) => copyText(JSON.stringify(json, null, 2), 'Copied; paste it into a Grafana dashboard'),
                (error: Error) => say(error.message),
              );
            })}
            <hr />
            {item('Edit', actions.edit)}
            {item('Duplicate', actions.duplicate)}
            {item('Remove', actions.remove)}
          </>
        );
      }}
    </Menu>
  );
}
