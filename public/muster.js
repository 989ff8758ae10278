/*
 * Keeps what somebody has begun to write. Chainlit draws the whole page anew when it learns which
 * profile a chat has, and the field to write in with it: without its text.
 */
{
  const FIELD = "chat-input"
  const write = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set
  let field = null
  let text = ""
  let place = ""

  const sent = () => {
    const button = document.getElementById("chat-submit")
    if (button && !button.disabled) text = ""
  }
  document.addEventListener("input", ({ target }) => {
    if (target.id === FIELD) [field, text, place] = [target, target.value, location.pathname]
  }, true)
  document.addEventListener("keydown", ({ target, key, shiftKey }) => {
    if (target.id === FIELD && key === "Enter" && !shiftKey) sent()
  }, true)
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("#chat-submit")) sent()
  }, true)

  new MutationObserver(() => {
    if (!text || field.isConnected) return
    const drawn = document.getElementById(FIELD)
    if (!drawn) return
    field = drawn
    // A chat keeps its text when it gets an address; another chat does not take it over.
    if (drawn.value || (place !== "/" && place !== location.pathname)) return
    write.call(drawn, text)
    drawn.dispatchEvent(new Event("input", { bubbles: true }))
  }).observe(document.documentElement, { childList: true, subtree: true })
}
