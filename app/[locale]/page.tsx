import { PageFrame } from '@/components/ui/page-frame'

export default function LandingPage() {
  return <PageFrame>밥줄</PageFrame>
}
