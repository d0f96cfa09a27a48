import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Frame, Json } from '../../../src/core/error-event.ts';
import { Icon } from '../../widgets/icon.tsx';
import { frameFunction, framePlace, libraryWords } from './frames.ts';
import { Source } from './source.tsx';
import { isVoid } from './values.ts';
import { Value } from './value.tsx';

/** Something that opens; what is in it is only made once it is open. */
export function Fold(props: { class: string; open: boolean; head: ComponentChildren; children: () => ComponentChildren }): JSX.Element {
  const [open, setOpen] = useState(props.open);
  return (
    <details class={props.class} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="right" small />
        {props.head}
      </summary>
      {open && props.children()}
    </details>
  );
}

const MOST_VARS = 50;

function Vars({ vars }: { vars: Record<string, Json> }): JSX.Element {
  const [all, setAll] = useState(false);
  const entries = Object.entries(vars);
  return (
    <>
      <dl class="vars">
        {(all ? entries : entries.slice(0, MOST_VARS)).map(([name, value]) => (
          <div key={name}>
            <dt class="cut" title={name}>
              {name}
            </dt>
            <dd class={isVoid(value) ? 'void' : undefined}>
              <Value of={value} />
            </dd>
          </div>
        ))}
      </dl>
      {!all && entries.length > MOST_VARS && (
        <button type="button" class="btn quiet" onClick={() => setAll(true)}>
          Show all {entries.length} variables
        </button>
      )}
    </>
  );
}

/** One call: its function and place, and when it is open its source and its variables. */
export function FrameRow({ frame, open, more }: { frame: Frame; open: boolean; more?: JSX.Element }): JSX.Element {
  const place = framePlace(frame);
  // Where there is no room, folders are cut and the file stays.
  const file = place.lastIndexOf('/') + 1;
  const name = frameFunction(frame);
  const library = frame.in_app === false ? ' lib' : '';
  const head = (
    <>
      <span class="fn cut" title={name}>
        {name}
      </span>
      <span class="at parts" title={frame.abs_path ?? place}>
        <span class="cut">{place.slice(0, file)}</span>
        <span class="file cut">{place.slice(file)}</span>
      </span>
      {more}
    </>
  );
  const vars = frame.vars !== undefined && Object.keys(frame.vars).length > 0;
  if (frame.context_line === undefined && !vars) {
    return (
      <div class={`frame${library}`}>
        <div class="frame-row still">{head}</div>
      </div>
    );
  }
  return (
    <Fold class={`frame${library}`} open={open} head={head}>
      {() => (
        <>
          <Source frame={frame} />
          {vars && <Vars vars={frame.vars as Record<string, Json>} />}
        </>
      )}
    </Fold>
  );
}

/** Library frames beside each other, folded to one line. */
export function LibraryRows({ frames }: { frames: readonly { frame: Frame; index: number }[] }): JSX.Element {
  return (
    <Fold class="frame lib group" open={false} head={<span class="at words">{libraryWords(frames.map(({ frame }) => frame))}</span>}>
      {() => frames.map(({ frame, index }) => <FrameRow key={index} frame={frame} open={false} />)}
    </Fold>
  );
}
