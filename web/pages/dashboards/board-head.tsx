import type { JSX } from 'preact';
import type { Dashboard } from '../../../src/core/dashboard.ts';
import { asGrafana } from '../../state/dashboards.ts';
import { change, pageLink, route } from '../../state/router.ts';
import { copyLink, copyText, say } from '../../state/toast.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Menu, MenuItem } from '../../widgets/menu.tsx';
import type { Board } from './draft.ts';
import { VariablePicks } from './variable-picks.tsx';
import type { Chosen, Offers } from './variables.ts';

/** How often it may be asked again, seconds; empty is by the range. */
const REFRESH: readonly { value: string; text: string }[] = [
  { value: '', text: 'By the range' },
  { value: '5', text: 'Every 5 s' },
  { value: '10', text: 'Every 10 s' },
  { value: '30', text: 'Every 30 s' },
  { value: '60', text: 'Every minute' },
  { value: '300', text: 'Every 5 min' },
  { value: '0', text: 'Only by hand  r' },
];

interface HeadProps {
  board: Board;
  dashboard: Dashboard;
  chosen: Chosen;
  offers: Offers;
  isEditing: boolean;
  /** Title of the panel that is shown alone. */
  alone: string;
  onEdit: () => void;
  onDone: () => void;
  onDiscard: () => void;
  onAdd: () => void;
  onSettings: () => void;
  onYaml: () => void;
  onAsk: () => void;
  onRemove: () => void;
}

/** Title, variables, and what can be done with the dashboard. */
export function BoardHead(props: HeadProps): JSX.Element {
  const { board, dashboard, isEditing, alone } = props;
  return (
    <>
      <div class="page-head">
        <div>
          <div class="crumbs">
            <a href={pageLink('/dashboards')}>Dashboards</a>
            {alone !== '' && (
              <>
                <Icon name="right" small />
                <button type="button" class="plain" onClick={() => change((params) => params.delete('panel'))}>
                  {dashboard.title}
                </button>
              </>
            )}
          </div>
          <h1>{alone === '' ? dashboard.title : alone}</h1>
          {dashboard.about !== '' && alone === '' && <p class="dim about">{dashboard.about}</p>}
        </div>
        <div class="btn-row">
          <VariablePicks variables={dashboard.variables} chosen={props.chosen} offers={props.offers} />
          {isEditing ? <EditTools {...props} /> : <ViewTools {...props} />}
        </div>
      </div>
      <Origin board={board} onYaml={props.onYaml} onRemove={props.onRemove} isEditing={isEditing} />
    </>
  );
}

function EditTools({ board, onAdd, onDiscard, onDone, onSettings, onYaml }: HeadProps): JSX.Element {
  return (
    <>
      <button type="button" class="btn quiet icon" aria-label="Undo" title="Undo  u" disabled={!board.canUndo} onClick={board.undo}>
        <Icon name="undo" />
      </button>
      <button type="button" class="btn quiet icon" aria-label="Redo" title="Redo  U" disabled={!board.canRedo} onClick={board.redo}>
        <Icon name="redo" />
      </button>
      <button type="button" class="btn" onClick={onAdd}>
        <Icon name="plus" small />
        Panel
      </button>
      <button type="button" class="btn" onClick={onSettings}>
        Settings
      </button>
      <button type="button" class="btn" onClick={onYaml}>
        YAML
      </button>
      {board.isChanged && (
        <button type="button" class="btn" onClick={onDiscard}>
          Discard
        </button>
      )}
      <button type="button" class="btn primary" title={`${board.isChanged ? 'Save' : 'Done'}  e`} onClick={onDone}>
        {board.isChanged ? 'Save' : 'Done'}
      </button>
    </>
  );
}

function ViewTools({ board, dashboard, onEdit, onYaml, onAsk, onRemove }: HeadProps): JSX.Element {
  const every = route.value.params.get('refresh') ?? '';
  const copyGrafana = (): void => {
    asGrafana({ dashboard }).then(
      (json) => copyText(JSON.stringify(json, null, 2), 'Copied; import it in Grafana'),
      (error: Error) => say(error.message),
    );
  };
  return (
    <>
      <button type="button" class="btn" title="Which other series changed at the cursor, or at the newest event  w" onClick={onAsk}>
        What changed?
      </button>
      <button type="button" class="btn" title="Edit  e" onClick={onEdit}>
        <Icon name="edit" small />
        Edit
      </button>
      <Menu
        name="Dashboard"
        end
        button={(attributes) => (
          <button {...attributes} class="btn icon" aria-label="More for the dashboard">
            <Icon name="more" />
          </button>
        )}
      >
        {(close) => {
          const item = (text: string, run: () => void, isOn = false): JSX.Element => (
            <MenuItem key={text} close={close} current={isOn} onDo={run}>
              {text}
            </MenuItem>
          );
          return (
            <>
              {item('Copy link', copyLink)}
              {item('As YAML', onYaml)}
              {item('Copy as Grafana dashboard', copyGrafana)}
              {item('Full screen', () => void document.querySelector('#main')?.requestFullscreen())}
              {board.saved?.origin === 'screen' && item('Remove the dashboard', onRemove)}
              <hr />
              <p class="menu-title">Ask again</p>
              {REFRESH.map(({ value, text }) =>
                item(text, () => change((params) => (value === '' ? params.delete('refresh') : params.set('refresh', value)), true), every === value),
              )}
            </>
          );
        }}
      </Menu>
    </>
  );
}

/** Says when what is shown is not what its file or source says, and how to bring the two together. */
function Origin({ board, onYaml, onRemove, isEditing }: Pick<HeadProps, 'board' | 'onYaml' | 'onRemove' | 'isEditing'>): JSX.Element | null {
  const { saved } = board;
  if (!saved || saved.origin === 'screen' || (!saved.changed && !isEditing)) return null;
  const what = saved.origin === 'file' ? saved.file : 'what Heed makes by itself';
  return (
    <p class="board-note">
      {saved.changed ? (
        <>
          <span>
            Changed here; it differs from <code>{what}</code>.
          </span>
          <button type="button" class="btn quiet" onClick={onYaml}>
            What changed
          </button>
          <button type="button" class="btn quiet" onClick={onRemove}>
            Take it back
          </button>
        </>
      ) : (
        <span>
          What you change is kept here, beside <code>{what}</code>, which stays as it is.
        </span>
      )}
    </p>
  );
}
