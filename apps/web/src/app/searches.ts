/** What addresses of pages hold: behind the `?`, and the parts of the settings. What makes no sense there is left out. */
type Raw = Record<string, unknown>

const flag = <K extends string>(raw: Raw, name: K): { [key in K]?: true } =>
  (raw[name] === true ? { [name]: true } : {}) as { [key in K]?: true }

/** A number that was written by hand is a text as well. */
const texts = <K extends string>(raw: Raw, ...names: readonly K[]): { [key in K]?: string } =>
  Object.fromEntries(
    names
      .filter((name) => ['string', 'number'].includes(typeof raw[name]) && raw[name] !== '')
      .map((name) => [name, String(raw[name])]),
  ) as { [key in K]?: string }

/** `new`: a project is being made; `sources`: of these, ids with commas between them. */
export const projectsSearch = (raw: Raw) => ({ ...flag(raw, 'new'), ...texts(raw, 'sources') })

/** `why`: the panel that says why each cut was chosen is open. */
export const boardSearch = (raw: Raw) => flag(raw, 'why')

/** `picked`: picked clips alone; `project`: clips of this one alone. */
export const clipsSearch = (raw: Raw) => ({
  ...boardSearch(raw),
  ...flag(raw, 'picked'),
  ...texts(raw, 'project'),
})

/** `q`: a part of names. */
export const sourcesSearch = (raw: Raw) => texts(raw, 'q')

/** `favourites`, `keyword`: segments that are shown; `order`: how they are listed; `segment`: the id of the selected one. */
export const sourceSearch = (raw: Raw) => texts(raw, 'favourites', 'keyword', 'order', 'segment')

/** The parts of the settings. */
const SETTINGS_TABS = ['brand', 'defaults', 'disk', 'presets', 'keys', 'people', 'account'] as const
export type SettingsTab = (typeof SETTINGS_TABS)[number]

/** The part of the settings that an address names; none where there is no such part. */
export const settingsTab = ({ tab }: { readonly tab?: string | undefined }): { tab?: SettingsTab } => {
  const known = SETTINGS_TABS.find((id) => id === tab)
  return known === undefined ? {} : { tab: known }
}

/** `project`, `clip`: exports of this one alone; `show`: outdated ones alone; `export`: the id of the one that is played. */
export const exportsSearch = (raw: Raw) => texts(raw, 'project', 'clip', 'show', 'export')

/** `kind`, `state`: jobs of the history that are shown. */
export const jobsSearch = (raw: Raw) => texts(raw, 'kind', 'state')

/** A text that an address may hold. */
export type AddressText = keyof (ReturnType<typeof sourcesSearch> &
  ReturnType<typeof sourceSearch> &
  ReturnType<typeof exportsSearch> &
  ReturnType<typeof jobsSearch>)
