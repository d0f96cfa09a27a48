/** The theme's colours as a canvas needs them: resolved for the present light or dark. */
export interface Colours {
  series: string[];
  grid: string;
  axis: string;
  base: string;
  hatch: string;
  marker: string;
  surface: string;
  ink: string;
  dim: string;
  grey: string;
  warn: string;
  bad: string;
  font: string;
}

/** Reads theme.css by way of an element, because most of its colours are `light-dark()` until they are used. */
export function readColours(): Colours {
  const probe = document.createElement('i');
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    series: Array.from({ length: 8 }, (_, index) => colour(`chart-${index + 1}`)),
    grid: colour('chart-grid'),
    axis: colour('chart-axis'),
    base: colour('line-strong'),
    hatch: colour('line'),
    marker: colour('chart-marker'),
    surface: colour('surface'),
    ink: colour('ink'),
    dim: colour('ink-3'),
    grey: colour('none-fill'),
    warn: colour('warn-fill'),
    bad: colour('bad-fill'),
    font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return colours;
}

/** A resolved colour with less of it. */
export function faint(colour: string, alpha: number): string {
  return colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`).replace(/^color\((.*)\)$/, `color($1 / ${alpha})`);
}
