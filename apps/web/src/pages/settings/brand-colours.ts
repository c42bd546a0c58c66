/** Colours that stand apart from each other, in both themes. */
export const BRAND_COLOURS = [
  { value: '#2b55e0', name: 'Blue' },
  { value: '#0e7490', name: 'Teal' },
  { value: '#15803d', name: 'Green' },
  { value: '#ca8a04', name: 'Yellow' },
  { value: '#c2410c', name: 'Orange' },
  { value: '#dc2626', name: 'Red' },
  { value: '#7e22ce', name: 'Purple' },
  { value: '#1c1917', name: 'Black' },
] as const

/** A colour for one more brand: the first that no other has. */
export const freeColour = (brands: readonly { readonly colour: string }[]): string =>
  (
    BRAND_COLOURS.find(({ value }) => brands.every(({ colour }) => colour.toLowerCase() !== value)) ??
    BRAND_COLOURS[0]
  ).value
