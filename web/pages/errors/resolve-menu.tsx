import type { JSX } from 'preact';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import type { IssueChange } from '../../state/errors.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Menu, MenuItem } from '../../widgets/menu.tsx';
import { serverNow } from '../../state/now.ts';

type Choice = readonly [text: string, change: IssueChange];

const HOUR = 3_600_000;

/** Ways to archive: forever, or until something happens. */
function archiveChoices(): Choice[] {
  const now = serverNow();
  return [
    ['Until it escalates', { do: 'archive', escalating: true }],
    ['Until 10 more events', { do: 'archive', moreEvents: 10 }],
    ['Until 100 more events', { do: 'archive', moreEvents: 100 }],
    ['Until 10 more people', { do: 'archive', moreUsers: 10 }],
    ['For a day', { do: 'archive', time: now + 24 * HOUR }],
    ['For a week', { do: 'archive', time: now + 7 * 24 * HOUR }],
    ['Forever', { do: 'archive' }],
  ];
}

function resolveChoices(releases: readonly string[]): Choice[] {
  const release = releases.length === 1 && releases[0] !== '' ? releases[0] : undefined;
  return [
    ['Now', { do: 'resolve' }],
    ['In the next release', { do: 'resolve', inNextRelease: true }],
    ...(release === undefined ? [] : ([[`In ${release}`, { do: 'resolve', inRelease: release }]] as const)),
  ];
}

function Choices(props: {
  name: string;
  choices: () => readonly Choice[];
  button: Parameters<typeof Menu>[0]['button'];
  onDo: (change: IssueChange) => void;
}): JSX.Element {
  return (
    <Menu name={props.name} button={props.button}>
      {(close) =>
        props.choices().map(([text, change]) => (
          <MenuItem key={text} close={close} onDo={() => props.onDo(change)}>
            <span class="cut">{text}</span>
          </MenuItem>
        ))
      }
    </Menu>
  );
}

/** What can be done with issues: the plain way at once, the others in menus. Those that are done with can be opened again. */
export function ResolveButtons(props: { issues: readonly IssueItem[]; onDo: (change: IssueChange) => void }): JSX.Element {
  const { issues, onDo } = props;
  const open = issues.length === 0 || issues.some(({ state }) => state === 'unresolved');
  if (!open) {
    return (
      <button type="button" class="btn primary" title="Open again  r" onClick={() => onDo({ do: 'unresolve' })}>
        Open again
      </button>
    );
  }
  return (
    <>
      <span class="btn-joined">
        <button type="button" class="btn primary" title="Resolve  r" onClick={() => onDo({ do: 'resolve' })}>
          Resolve
        </button>
        <Choices
          name="Resolve"
          choices={() => resolveChoices([...new Set(issues.map(({ lastRelease }) => lastRelease))])}
          onDo={onDo}
          button={(attributes) => (
            <button {...attributes} class="btn primary icon" aria-label="Resolve in a release">
              <Icon name="down" small />
            </button>
          )}
        />
      </span>
      <Choices
        name="Archive"
        choices={archiveChoices}
        onDo={onDo}
        button={(attributes) => (
          <button {...attributes} class="btn" title="Archive  a">
            Archive
          </button>
        )}
      />
    </>
  );
}
