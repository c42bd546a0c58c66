import { Page } from '../../ui/page.tsx'

export function Projects() {
  return (
    <Page title="Projects">
      <p>…</p>
    </Page>
  )
}
