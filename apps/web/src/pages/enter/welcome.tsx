import { Page } from '../../ui/page.tsx'

export function Welcome() {
  return (
    <Page title="Welcome">
      <p>…</p>
    </Page>
  )
}
