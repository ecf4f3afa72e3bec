export default function LandingPage() {
  return <main>밥줄</main>
}
