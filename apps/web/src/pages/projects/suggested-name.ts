/** A name for a new project: that of its only source without the ending, or the next number; none that is taken. */
export function suggestedName(sourceNames: readonly string[], taken: readonly string[]): string {
  const [only, ...others] = sourceNames
  const own = only !== undefined && others.length === 0 ? only.replace(/(?<=.)\.\w{1,5}$/, '').trim() : ''
  if (own !== '' && !taken.includes(own)) return own
  for (let number = taken.length + 1; ; number++) {
    const name = `Project ${number}`
    if (!taken.includes(name)) return name
  }
}
