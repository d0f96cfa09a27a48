import type { JSX } from 'preact';
import { COMMAND_K } from '../state/keys.ts';
import { reach, serverNow } from '../state/now.ts';
import { overlay } from '../state/overlay.ts';
import { range, shiftRange, toggleLive } from '../state/range.ts';
import { rangeShort, rangeText } from '../words/range.ts';
import { pageLink } from '../state/router.ts';
import { toggleTheme } from '../state/theme.ts';
import { copyLink } from '../state/toast.ts';
import { Icon, Mark } from '../widgets/icon.tsx';
import { Menu } from '../widgets/menu.tsx';
import { clock } from '../words/time.ts';
import { Account } from './account.tsx';
import { RangeMenu } from './range-menu.tsx';

/** What you look at: the range, live or not; then the tools. */
export function Bar(): JSX.Element {
  const shown = range.value;
  return (
    <header class="bar">
      <a class="phone" href={pageLink('/')} aria-label="Heed">
        <Mark />
      </a>
      <button type="button" class="btn quiet icon roomy" aria-label="Earlier" title="Earlier  [" onClick={() => shiftRange(-1, serverNow())}>
        <Icon name="left" />
      </button>
      <Menu
        name="Time range"
        form
        button={(attributes) => (
          <button {...attributes} class="btn quiet pick" aria-label={`Time range: ${rangeText(shown)}`}>
            <span class="not-phone">{rangeText(shown)}</span>
            <span class="phone">{rangeShort(shown)}</span>
            <Icon name="down" small class="chev" />
          </button>
        )}
      >
        {(close) => <RangeMenu onDone={close} />}
      </Menu>
      <button
        type="button"
        class="btn quiet icon roomy later"
        aria-label="Later"
        title="Later  ]"
        disabled={shown.live}
        onClick={() => shiftRange(1, serverNow())}
      >
        <Icon name="right" />
      </button>
      <span class="push" />
      <Live />
      <span class="sep not-phone" />
      <button
        type="button"
        class="btn quiet icon"
        aria-label="Search and commands"
        title={`Search and commands  ${COMMAND_K} or /`}
        onClick={() => (overlay.value = 'palette')}
      >
        <Icon name="search" />
      </button>
      <button type="button" class="btn quiet icon roomy" aria-label="Copy link to this view" title="Copy link  ." onClick={copyLink}>
        <Icon name="link" />
      </button>
      <button type="button" class="btn quiet icon not-phone" aria-label="Light or dark" title="Light or dark" onClick={toggleTheme}>
        <Icon name="moon" />
      </button>
      <Account />
    </header>
  );
}

function Live(): JSX.Element {
  const { live } = range.value;
  const { state, lastHeard } = reach.value;
  const lost = live && state === 'lost';
  return (
    <button
      type="button"
      class={lost ? 'btn quiet live lost' : 'btn quiet live'}
      aria-pressed={live && !lost}
      title={live ? 'Pause  space' : 'Live  space'}
      onClick={() => toggleLive(serverNow())}
    >
      {lost ? (
        <>
          Trying again<span class="not-phone">{lastHeard > 0 && `, last heard ${clock(lastHeard, true)}`}</span>
        </>
      ) : live ? (
        'Live'
      ) : (
        'Paused'
      )}
    </button>
  );
}
