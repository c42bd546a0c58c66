import { Page } from '../../ui/page.tsx'

export function Project() {
  return (
    <Page title="Project">
      <p>…</p>
    </Page>
  )
}
