import { createApp } from "vue"
import "@/styles/index.css"
import App from "@/app/App.vue"
import { router } from "@/app/router"
import { startShell } from "@/app/shell"
import { startCare } from "@/ui/care"

startCare()
startShell(router)
createApp(App).use(router).mount("#app")
