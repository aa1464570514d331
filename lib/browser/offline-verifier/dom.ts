/*
 * Elements without a framework. Text becomes text nodes and never markup, and no attribute that could run or fetch
 * anything can be written: whatever stands in evidence, it can only be read.
 */

type Attribute =
  | ('class' | 'id' | 'lang' | 'for' | 'type' | 'role' | 'rows' | 'name' | 'accept' | 'spellcheck')
  | ('autocomplete' | 'inputmode' | 'max' | 'value' | 'placeholder' | 'tabindex')
  | `aria-${string}`
  | `data-${string}`;
type Attributes = Partial<Record<Attribute, string>>;
export type Child = Node | string | null;

/** One HTML element. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** The element, which from now on does this when that happens. */
export function on<E extends HTMLElement, K extends keyof HTMLElementEventMap>(
  element: E,
  type: K,
  listener: (event: HTMLElementEventMap[K], element: E) => void,
): E {
  element.addEventListener(type, (event) => listener(event, element));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A sign of strokes in the colour of the text. @param label null: it only repeats what stands beside it */
export function sign(path: string, label: string | null, classes: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const stroke = document.createElementNS(SVG, 'path');
  const set = (element: Element, attributes: Record<string, string>): void =>
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  set(stroke, { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': '2.2' });
  set(stroke, { 'stroke-linecap': 'round' });
  set(svg, { viewBox: '0 0 20 20', class: classes });
  set(svg, label === null ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label });
  svg.append(stroke);
  return svg;
}
