import type { Paper, Statement } from "./certificates"

/** For tests: sealed by the server's own code, and the key that opens it. */
export const KEY = "9RC2QhvzUTIrucs-beE-USNxujedVWm5cxz1-nH_0XE"
export const SEAL =
  "WyJ5aXpoYW4xIiwiMjYtN0tRMk0tOVhENFQiLCJwZXJzb24iLCLlvpDmmI4iLDE0NiwxLDEsIjIwMjYtMDEtMDEiLCIyMDI2LTAzLTA0IiwiMjAyNi0wMy0wNCIsIuWYieWFtOW4guaui-eWvuS6uuiBlOWQiOS8miIsIkNBcWUxQ2hWbnZZQ1pvdE1BUEVVOFEiXQ.1QqDfpgpZTe-7VvjWwlH-HX_bhmf_QReSyvLcWlQepuLa3LxCvDUm4baucST8ngIotV3me67C-yXiVvBSdb8Dw"

export const statement: Statement = {
  number: "26-7KQ2M-9XD4T",
  subject: "person",
  name: "徐明",
  first: "2026-01-01",
  last: "2026-03-04",
  minutes: 146,
  times: 1,
  people: 1,
  homes: 1,
  issuer: "嘉兴市残疾人联合会",
  issued_on: "2026-03-04",
  services: [
    {
      date: "2026-03-04",
      title: "周六义诊",
      kind: "义诊",
      shift: "陪伴散步",
      home: "阳光家园",
      minutes: 146,
      name: "",
    },
  ],
  trainings: [],
  honours: [{ date: "2026-03-04", title: "季度之星", home: "阳光家园", name: "" }],
}

const { homes: _, services: _s, trainings: _t, honours: _h, ...stated } = statement

export const paper: Paper = {
  ...stated,
  id: "019c0000-0000-7000-8000-000000000001",
  statement,
  address: `https://yizhan.example/verify#${SEAL}`,
  qr: "<svg xmlns='http://www.w3.org/2000/svg'/>",
  revoked_at: null,
  reason: "",
}
