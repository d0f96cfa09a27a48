import type { JSX } from 'preact';
import { Icon } from './icon.tsx';
import { Menu, MenuItem } from './menu.tsx';

/** One of a few things, or all of them (the empty one, unless `all` is). Nothing where there is nothing to choose. */
export function PickMenu(props: { name: string; all: string; options: readonly string[]; value: string; onChange(value: string): void }): JSX.Element | null {
  const { name, all, options, value } = props;
  if (options.length < 2 && (value === '' || all === '')) return null;
  return (
    <Menu
      name={name}
      button={(attributes) => (
        <button {...attributes} class="btn pick">
          <small>{name}</small> <span class="cut">{value === '' ? 'all' : value}</span>
          <Icon name="down" small class="chev" />
        </button>
      )}
    >
      {(close) =>
        [...new Set([...(all === '' ? [] : ['']), ...options, value])].map((option) => (
          <MenuItem key={option} close={close} current={option === value} onDo={() => props.onChange(option)}>
            {option === '' ? all : option}
          </MenuItem>
        ))
      }
    </Menu>
  );
}
