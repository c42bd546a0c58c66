/** What addresses of boards hold behind the `?`. What makes no sense there is left out. */
type Raw = Record<string, unknown>

const flag = <K extends string>(raw: Raw, name: K): { [key in K]?: true } =>
  (raw[name] === true ? { [name]: true } : {}) as { [key in K]?: true }
const text = <K extends string>(raw: Raw, name: K): { [key in K]?: string } =>
  (typeof raw[name] === 'string' && raw[name] !== '' ? { [name]: raw[name] } : {}) as { [key in K]?: string }

/** `new`: a project is being made; `sources`: of these, ids with commas between them. */
export const projectsSearch = (raw: Raw) => ({ ...flag(raw, 'new'), ...text(raw, 'sources') })

/** `why`: the panel that says why each cut was chosen is open. */
export const boardSearch = (raw: Raw) => flag(raw, 'why')

/** `picked`: picked clips alone; `project`: clips of this one alone. */
export const clipsSearch = (raw: Raw) => ({
  ...boardSearch(raw),
  ...flag(raw, 'picked'),
  ...text(raw, 'project'),
})
