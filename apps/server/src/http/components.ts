interface Description {
  readonly paths?: object | undefined
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> } | undefined
}

const PLACE = '#/components/schemas/'

/**
 * Keeps the schemas that operations mention. The generator writes each twice, as what is sent (`…Input`) and as what is answered; where
 * only the first is mentioned, it takes the plain name.
 */
export function tidyComponents<T extends Description>(description: T): T {
  const all = description.components?.schemas ?? {}
  const kept = new Set<string>()
  const visit = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (kept.has(name)) continue
      kept.add(name)
      visit(all[name] ?? {})
    }
  }
  visit(description.paths ?? {})
  const schemas = Object.fromEntries(Object.entries(all).filter(([name]) => kept.has(name)))
  const tidy = JSON.stringify({ ...description, components: { ...description.components, schemas } })
  const plain = [...kept].filter(
    (name) => name.endsWith('Input') && !kept.has(name.slice(0, -'Input'.length)),
  )
  return JSON.parse(
    plain.reduce(
      (text, name) =>
        text
          .replaceAll(`"${PLACE}${name}"`, `"${PLACE}${name.slice(0, -'Input'.length)}"`)
          .replaceAll(`"${name}":`, `"${name.slice(0, -'Input'.length)}":`),
      tidy,
    ),
  )
}
