/** The name of a clip beside its project: what is said anyway is left out. */
export function nameInProject(name: string, projectName: string): string {
  const rest = name.startsWith(`${projectName} `) ? name.slice(projectName.length + 1) : ''
  return /^\d+$/.test(rest) ? `Clip ${rest}` : name
}
