// axe on every page of the router's list, as the role that has it. A page
// without a sample is a failure, so no page goes unseen.
import { readFileSync } from "node:fs";
import { address, axeSource, check, close, must, open, stepIn } from "./region.mjs";

const full = process.env.PALERMO_GRID === "full";
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const variants = full
  ? ["en", "fr", "es", "ar"].flatMap((lang) => [1100, 360].flatMap((width) => ["light", "dark"].map((scheme) => ({ lang, width, scheme }))))
  : [{ lang: "en", width: 1100, scheme: "light" }, { lang: "ar", width: 360, scheme: "light" }];

// docs/rights.csv is written from the router and reviewed: method, path, action, then a column a role.
const rows = readFileSync(new URL("../../docs/rights.csv", import.meta.url), "utf8").trim().split("\n").slice(1)
  .map((line) => line.split(","))
  .map(([method, path, action]) => ({ method, path, action }));
// PALERMO_PAGES=^/plans looks at a part while it is being built.
const wanted = new RegExp(process.env.PALERMO_PAGES ?? "");
const pages = rows.filter(({ method, path }) => wanted.test(path) && method === "GET" && !path.startsWith("/api/") && !/\.(csv|xlsx|pdf|ics|json|vcf|zip)$/.test(path));

const secretariat = "ines@secretariat.meridian.example";
const administrator = "omar@secretariat.meridian.example";
const shelter = "ruth@harbourhouse.example";
const manager = "nadia@harbourhouse.example";
const officer = "dpo@secretariat.meridian.example";
const focal = "joan@taskforce.avelmar.example";

const analyst = "petra@secretariat.meridian.example";

// Where a page needs a record, the list that leads to it.
const samples = {
  "/admin/desks/{id}": { as: shelter, from: "/admin/desks", match: /\/admin\/desks\/[0-9a-f-]{36}$/ },
  "/admin/desks/{id}/edit": { as: shelter, from: "/admin/desks", match: /\/admin\/desks\/[0-9a-f-]{36}$/, add: "/edit" },
  "/admin/people/{id}": { as: shelter, from: "/admin/people", match: /\/admin\/people\/[0-9a-f-]{36}$/ },
  "/admin/people/{id}/leave": { as: shelter, from: "/admin/people", match: /\/admin\/people\/[0-9a-f-]{36}$/, add: "/leave" },
  // cases
  "/cases": { as: manager, path: "/cases" },
  "/cases/all": { as: shelter, path: "/cases/all" },
  "/cases/new": { as: manager, path: "/cases/new" },
  "/incidents": { as: manager, path: "/incidents" },
  "/incidents/new": { as: manager, path: "/incidents/new" },
  "/incidents/{id}": { as: manager, from: "/incidents", match: /\/incidents\/[0-9a-f-]{36}$/ },
  "/cases/{id}": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/ },
  "/cases/{id}/words": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/words" },
  "/incidents/{id}/edit": { as: manager, from: "/incidents", match: /\/incidents\/[0-9a-f-]{36}$/, add: "/edit" },
  "/cases/{id}/note": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/note" },
  "/cases/{id}/incident": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/incident" },
  "/cases/{id}/person": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/person" },
  "/cases/{id}/flags": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/flags" },
  "/cases/{id}/papers": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/papers" },
  "/cases/{id}/team": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/team" },
  "/cases/{id}/close": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/close" },
  "/cases/{id}/erase": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/erase" },
  "/cases/{id}/looked": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/looked" },
  // person
  "/cases/{id}/guardian": { as: "hanna@harbourhouse.example", from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/guardian" },
  "/cases/{id}/never-told": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/never-told" },
  "/cases/{id}/abroad": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/abroad" },
  "/cases/{id}/look-for": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/look-for" },
  "/look-for": { as: manager, path: "/look-for" },
  "/cases/{id}/files": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/files" },
  "/withdrawals/{id}": { as: "marisol@casaalondra.example", from: "/referrals", match: /\/withdrawals\/[0-9a-f-]{36}$/ },
  "/sealed": { path: "/sealed" },
  "/demo/lessons": { path: "/demo/lessons" },
  "/demo/lessons/{number}": { path: "/demo/lessons/3" },
  "/break-glass": { as: shelter },
  "/break-glass/{case}": { as: shelter, from: "/break-glass", match: /\/break-glass\/[0-9a-f-]{36}$/ },
  "/admin/break-glass": { as: "nadia@harbourhouse.example" },
  // plans
  "/plans/new": { as: secretariat, path: "/plans/new" },
  "/plans/{code}": { path: "/plans/meridian-plan" },
  "/plans/{code}/review": { path: "/plans/meridian-plan/review" },
  "/plans/{code}/actions": { path: "/plans/meridian-plan/actions" },
  "/plans/{code}/edit": { as: secretariat, path: "/plans/meridian-plan/edit" },
  "/plans/{code}/close": { as: secretariat, path: "/plans/meridian-plan/close" },
  "/plans/{code}/review/new": { as: secretariat, path: "/plans/meridian-plan/review/new" },
  "/plans/{code}/rows/new": { as: secretariat, path: "/plans/meridian-plan/rows/new" },
  "/plans/{code}/rows/{key}/drop": { as: secretariat, path: "/plans/meridian-plan/rows/law-nonpunish/drop" },
  "/plans/{code}/indicators/new": { as: secretariat, path: "/plans/meridian-plan/indicators/new" },
  "/plans/{code}/indicators/{key}/drop": { as: secretariat, path: "/plans/meridian-plan/indicators/party/drop" },
  "/plans/{code}/overlaps": { path: "/plans/meridian-plan/overlaps" },
  "/plans/{code}/progress": { path: "/plans/meridian-plan/progress?state=XBB" },
  "/plans/{code}/indicators/{key}": { path: "/plans/meridian-plan/indicators/nightdesks" },
  "/plans/{code}/adopt": { as: "tesfa@coordination.dorvane.example", path: "/plans/meridian-plan/adopt" },
  "/plans/{code}/adopt-draft": { as: secretariat, path: "/plans/meridian-plan/adopt-draft" },
  "/plans/{code}/amend": { as: secretariat, path: "/plans/meridian-plan/amend" },
  "/plans/{code}/rates": { as: secretariat, path: "/plans/meridian-plan/rates" },
  "/plans/{code}/rows/{key}/edit": { as: secretariat, path: "/plans/meridian-plan/rows/care-men/edit" },
  "/plans/{code}/indicators/{key}/edit": { as: secretariat, path: "/plans/meridian-plan/indicators/men/edit" },
  "/plans/{code}/declare/{element}": { as: "tesfa@coordination.dorvane.example", path: "/plans/dorvane-plan/declare/situation-analysis" },
  "/plans/{code}/indicators/{key}/report": { as: secretariat, path: "/plans/meridian-plan/indicators/men/report" },
  "/plans/{code}/rows/{key}/report": { as: secretariat, path: "/plans/meridian-plan/rows/coop-desks/report" },
  "/plans/{code}/upload": { as: secretariat, path: "/plans/meridian-plan/upload" },
  // knowledge
  "/data": { as: analyst, path: "/data" },
  "/data/new": { as: analyst, path: "/data/new" },
  "/data/{id}": { as: analyst, from: "/data", match: /\/data\/[0-9a-f-]{36}$/ },
  "/data/{id}/import": { as: analyst, from: "/data", match: /\/data\/[0-9a-f-]{36}$/, add: "/import" },
  "/data/{id}/mapping": { as: analyst, from: "/data?q=Courts", match: /\/data\/[0-9a-f-]{36}$/, add: "/mapping" },
  "/data/{id}/remap": { as: analyst, from: "/data?q=Courts", match: /\/data\/[0-9a-f-]{36}$/, add: "/remap" },
  "/data/{id}/coverage": { as: analyst, from: "/data?q=Courts", match: /\/data\/[0-9a-f-]{36}$/, add: "/coverage" },
  "/data/{id}/uploads/{upload}": { as: analyst, from: "/data?q=Courts", match: /\/data\/[0-9a-f-]{36}$/, then: "?", pick: /\/data\/[0-9a-f-]{36}\/uploads\/[0-9a-f-]{36}/ },
  "/data/sources": { as: analyst, path: "/data/sources" },
  "/data/sources/overlap": { as: analyst, path: "/data/sources/overlap" },
  "/data/responses": { as: analyst, path: "/data/responses" },
  "/data/context": { as: analyst, path: "/data/context" },
  "/data/context/new": { as: analyst, path: "/data/context/new" },
  "/data/context/{id}": { as: analyst, from: "/data/context", match: /\/data\/context\/[0-9a-f-]{36}$/ },
  "/data/{id}/report": { as: analyst, from: "/data?q=Courts", match: /\/data\/[0-9a-f-]{36}$/, add: "/report" },
  "/publish/budget": { as: analyst, path: "/publish/budget" },
  "/protocols": { as: secretariat, path: "/protocols" },
  "/protocols/new": { as: secretariat, path: "/protocols/new" },
  "/protocols/{id}": { as: secretariat, from: "/protocols", match: /\/protocols\/[0-9a-f-]{36}$/ },
  "/protocols/{id}/figures": { as: "elin@rapporteur.avelmar.example", from: "/protocols", match: /\/protocols\/[0-9a-f-]{36}$/, then: "?", pick: /\/protocols\/[0-9a-f-]{36}\/figures/ },
  "/figures/ask": { path: "/figures/ask" },
  "/figures/catalogue": { path: "/figures/catalogue" },
  "/extracts": { as: analyst, path: "/extracts" },
  "/extracts/new": { as: analyst, path: "/extracts/new" },
  "/extracts/{id}": { as: analyst, from: "/extracts", match: /\/extracts\/[0-9a-f-]{36}$/ },
  "/research": { as: analyst, path: "/research" },
  "/research/new": { as: analyst, path: "/research/new" },
  "/research/{id}": { as: analyst, from: "/research", match: /\/research\/[0-9a-f-]{36}$/ },
  "/estimates": { as: analyst, path: "/estimates" },
  "/estimates/new": { as: analyst, path: "/estimates/new" },
  "/estimates/{id}": { as: analyst, from: "/estimates", match: /\/estimates\/[0-9a-f-]{36}$/ },
  "/publish": { as: analyst, path: "/publish" },
  "/publish/new": { as: analyst, path: "/publish/new" },
  "/publish/{id}": { as: analyst, from: "/publish", match: /\/publish\/[0-9a-f-]{36}$/ },
  "/releases/{slug}": { from: "/releases", match: /\/releases\/[^/?]+$/ },
  // the public site
  "/figures/countries/{code}": { path: "/figures/countries/XAA" },
  "/publish/announce": { as: analyst, path: "/publish/announce" },
  "/publish/announce/{id}": { as: analyst, from: "/figures/calendar", match: /\/publish\/announce\/[0-9a-f-]{36}$/ },
  "/data/{id}/flows": { as: analyst, from: "/data", match: /\/data\/[0-9a-f-]{36}$/, add: "/flows" },
  "/trends": { as: analyst, path: "/trends" },
  "/signals/triaged": { as: "brendan@police.avelmar.example", path: "/signals/triaged" },
  "/signals": { as: secretariat, path: "/signals" },
  "/signals/{id}": { as: secretariat, from: "/signals", match: /\/signals\/[0-9a-f-]{36}$/ },
  "/cases/{id}/consent": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/consent" },
  "/cases/{id}/refer": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/refer" },
  "/cases/{id}/rights": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/rights" },
  "/cases/{id}/contact": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/contact" },
  "/cases/{id}/related": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/related" },
  "/cases/{id}/charge": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/charge" },
  "/cases/{id}/keeping": { as: manager, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/keeping" },
  "/referrals": { as: manager, path: "/referrals" },
  "/referrals/{id}": { as: "marisol@casaalondra.example", from: "/referrals", match: /\/referrals\/[0-9a-f-]{36}$/ },
  "/rights-incidents": { as: shelter, path: "/rights-incidents" },
  "/rights-incidents/{id}": { as: "marisol@casaalondra.example", from: "/rights-incidents", match: /\/rights-incidents\/[0-9a-f-]{36}$/ },
  "/rights-counts": { as: "elin@rapporteur.avelmar.example", path: "/rights-counts" },
  "/legal-bases": { as: officer, path: "/legal-bases" },
  "/mechanisms/{id}": { path: "/mechanisms/ECOWAS" },
  "/states/{code}": { path: "/states/BEN" },
  "/instruments/{id}": { path: "/instruments/tip-protocol" },
  "/agreements/{id}/follow": { as: secretariat, from: "/agreements", match: /\/agreements\/(?!new$)[^/?]+$/, add: "/follow" },
  "/agreements/{id}": { from: "/agreements", match: /\/agreements\/[^/?]+$/ },
  "/instruments/{id}/adherence": { as: secretariat, path: "/instruments/tip-protocol/adherence" },
  "/instruments/{id}/acts": { as: secretariat, path: "/instruments/tip-protocol/acts" },
  "/instruments/{id}/acts/take-back": { as: secretariat, from: "/instruments/tip-protocol/acts", match: /\/acts\/take-back\?/ },
  "/registers/facts/new": { as: secretariat, path: "/registers/facts/new?kind=membership&about=ECOWAS" },
  "/instruments/{id}/import": { as: secretariat, path: "/instruments/tip-protocol/import" },
  "/instruments/{id}/obstacle": { as: secretariat, path: "/instruments/tip-protocol/obstacle" },
  // The directory.
  "/get-help/{state}": { path: "/get-help/XAA" },
  "/services/{id}": { from: "/services", match: /\/services\/[0-9a-f-]{36}$/ },
  "/services/{id}/edit": { as: focal, from: "/services?state=XAA&need=legal", match: /\/services\/[0-9a-f-]{36}$/, add: "/edit" },
  "/services/{id}/assess": { as: secretariat, from: "/services", match: /\/services\/[0-9a-f-]{36}$/, add: "/assess" },
  "/services/{id}/at": { as: focal, from: "/services?state=XAA&need=legal", match: /\/services\/[0-9a-f-]{36}$/, add: "/at" },
  "/service-standards/{id}": { from: "/service-standards", match: /\/service-standards\/[0-9a-f-]{36}$/ },
  "/service-standards/{id}/edit": { as: secretariat, from: "/service-standards", match: /\/service-standards\/[0-9a-f-]{36}$/, add: "/edit" },
  "/contact-points/{id}": { as: focal, from: "/contact-points", match: /\/contact-points\/[0-9a-f-]{36}$/ },
  "/admin/desks/{id}/contact": { as: shelter, from: "/admin/desks", match: /\/admin\/desks\/[0-9a-f-]{36}$/, add: "/contact" },
  "/structures/{id}": { from: "/structures", match: /\/structures\/[0-9a-f-]{36}$/ },
  "/structures/{id}/edit": { as: focal, from: "/structures?state=XAA", match: /\/structures\/[0-9a-f-]{36}$/, add: "/edit" },
  "/networks/{id}": { as: focal, from: "/networks", match: /\/networks\/[0-9a-f-]{36}$/ },
  "/networks/{id}/edit": { as: secretariat, from: "/networks", match: /\/networks\/[0-9a-f-]{36}$/, add: "/edit" },
  "/memoranda/{id}": { as: focal, from: "/memoranda?state=XAA", match: /\/memoranda\/[0-9a-f-]{36}$/ },
  "/memoranda/{id}/edit": { as: focal, from: "/memoranda?state=XAA", match: /\/memoranda\/[0-9a-f-]{36}$/, add: "/edit" },
  "/statements/new": { as: secretariat, path: "/statements/new?about=mechanism&id=ECOWAS" },
  "/models/{id}/use": { as: secretariat, from: "/models", match: /\/models\/[^/?]+$/, add: "/use" },
  "/models/{id}": { from: "/models", match: /\/models\/[^/?]+$/ },
};

// care
const lead = "nadia@harbourhouse.example";
const ombudsman = "mathieu@mediateur.bremora.example";
const aCase = { as: lead, from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/ };
Object.assign(samples, {
  "/cases/{id}/care": { ...aCase, add: "/care" },
  "/cases/{id}/care/new/{kind}": { ...aCase, add: "/care/new/service" },
  "/cases/{id}/care/{record}/edit": { ...aCase, then: "/care", pick: /\/care\/[0-9a-f-]{36}\/edit/ },
  "/cases/{id}/own-view": { ...aCase, add: "/own-view" },
  "/cases/{id}/own-view/write-down": { ...aCase, add: "/own-view/write-down" },
  "/forms/consent/{language}": { path: "/forms/consent/fr" },
  "/cases/{id}/task": { ...aCase, add: "/task" },
  "/forms/care/{kind}": { path: "/forms/care/risk" },
  "/month-end": { as: lead, path: "/month-end" },
  "/own-figures": { as: lead, path: "/own-figures" },
  "/youth-input": { as: focal, path: "/youth-input" },
  "/youth-input/new": { as: focal, path: "/youth-input/new" },
  "/youth-input/{id}": { as: focal, from: "/youth-input?state=XAA", match: /\/youth-input\/[0-9a-f-]{36}$/ },
  "/youth-input/{id}/edit": { as: focal, from: "/youth-input?state=XAA", match: /\/youth-input\/[0-9a-f-]{36}$/, add: "/edit" },
  "/complaints": { as: ombudsman, path: "/complaints" },
});

// reports, reviews, meetings
const year = new Date().getUTCFullYear() - 1;
Object.assign(samples, {
  "/reports/mine": { as: focal, path: "/reports/mine" },
  "/reports/new": { as: focal, path: "/reports/new" },
  "/reports/register": { as: secretariat, path: "/reports/register" },
  "/reports/country/{questionnaire}/{state}/{year}": { as: secretariat, path: `/reports/country/joint-annual/XAA/${year}` },
  "/reports/regional/{questionnaire}/{mechanism}/{year}": { as: secretariat, path: `/reports/regional/joint-annual/MERIDIAN/${year}` },
  "/reports/sheets/{id}": { as: focal, from: "/reports/mine", match: /\/reports\/sheets\/[0-9a-f-]{36}$/ },
  "/reports/sheets/{id}/assign/{section}": { as: focal, from: "/reports/mine", match: /\/reports\/sheets\/[0-9a-f-]{36}$/, add: "/assign/5" },
  "/reports/sheets/{id}/sections/{section}": { as: focal, from: "/reports/mine", match: /\/reports\/sheets\/[0-9a-f-]{36}$/, add: "/sections/4" },
  "/reports/handed/{id}": { as: "jomo@seafarers.example", from: "/work", match: /\/reports\/handed\/[0-9a-f-]{36}/, then: "?", pick: /\/reports\/handed\/[0-9a-f-]{36}$/ },
  "/reports/handed/{id}/sections/{section}": { as: "jomo@seafarers.example", from: "/work", match: /\/reports\/handed\/[0-9a-f-]{36}\/sections\/8$/ },
  "/reports/enter": { as: secretariat, path: "/reports/enter" },
  "/reports/regional": { as: secretariat, path: "/reports/regional" },
  "/reports/entered": { as: secretariat, path: "/reports/entered" },
  "/reports/contributions": { as: secretariat, path: "/reports/contributions" },
  "/reports/contribute": { as: "jomo@seafarers.example", path: "/reports/contribute" },
  "/questionnaires/{id}": { path: "/questionnaires/joint-annual" },
  "/questionnaires/write": { as: secretariat, path: "/questionnaires/write" },
  "/questionnaires/build": { as: secretariat, path: "/questionnaires/build" },
  "/questionnaires/build/{draft}": { as: secretariat, from: "/questionnaires", match: /\/questionnaires\/build\/[0-9a-f-]{36}$/ },
  "/questionnaires/build/{draft}/about": { as: secretariat, from: "/questionnaires", match: /\/questionnaires\/build\/[0-9a-f-]{36}$/, add: "/about" },
  "/questionnaires/build/{draft}/section": { as: secretariat, from: "/questionnaires", match: /\/questionnaires\/build\/[0-9a-f-]{36}$/, add: "/section?code=1" },
  "/questionnaires/build/{draft}/question": { as: secretariat, from: "/questionnaires", match: /\/questionnaires\/build\/[0-9a-f-]{36}$/, add: "/question?code=1.3" },
  "/questionnaires/build/{draft}/remove": { as: secretariat, from: "/questionnaires", match: /\/questionnaires\/build\/[0-9a-f-]{36}$/, add: "/remove?question=1.1" },
  "/questionnaires/{id}/preview": { path: "/questionnaires/palermo-check/preview" },
  "/questionnaires/{id}/retire": { as: secretariat, path: "/questionnaires/osce-platform/retire" },
  "/questionnaires/{id}/words/{language}": { as: secretariat, path: "/questionnaires/saarc-convention/words/fr" },
  "/reports/duties/history": { as: secretariat, path: `/reports/duties/history?state=XFF&mechanism=MERIDIAN&duty=annual-report&period=${year}&part=1` },
  "/reports/extensions/new": { as: focal, path: `/reports/extensions/new?mechanism=MERIDIAN&duty=annual-report&period=${year + 1}&part=1` },
  "/reports/extensions/{id}": { as: secretariat, from: "/reports/register", match: /\/reports\/extensions\/[0-9a-f-]{36}$/ },
  "/reviews/new": { as: secretariat, path: "/reviews/new" },
  "/reviews/{round}": { as: secretariat, path: "/reviews/lodestar-r2" },
  "/reviews/{round}/{state}": { as: focal, path: "/reviews/lodestar-r2/XAA" },
  "/reviews/{round}/{state}/visit": { as: "ewa@lodestar.example", path: "/reviews/lodestar-r2/XAA/visit" },
  "/reviews/{round}/change": { as: "ewa@lodestar.example", path: "/reviews/lodestar-r2/change" },
  "/reviews/{round}/{state}/days": { as: "ewa@lodestar.example", path: "/reviews/lodestar-r2/XAA/days" },
  "/reviews/{round}/{state}/reviewers": { as: "ewa@lodestar.example", path: "/reviews/lodestar-r2/XAA/reviewers" },
  "/recommendations/{id}": { as: focal, path: "/recommendations/LOD-R1-XAA-1" },
  "/information": { as: secretariat, path: "/information" },
  "/information/new": { as: secretariat, path: "/information/new" },
  "/impact/new": { as: "jomo@seafarers.example", path: "/impact/new" },
  "/meetings/{mechanism}/{body}": { as: secretariat, path: "/meetings/MERIDIAN/officials" },
  "/reports/sheets/{id}/remarks/{code}": { as: focal, from: "/reports/mine", match: /\/reports\/sheets\/[0-9a-f-]{36}$/, add: "/remarks/4.1" },
  "/reports/sheets/{id}/history/{code}": { as: focal, from: "/reports/mine", match: /\/reports\/sheets\/[0-9a-f-]{36}$/, add: "/history/4.1" },
  "/reports/sheets/{id}/translate/{language}": { as: focal, from: "/reports/mine", match: /\/reports\/sheets\/[0-9a-f-]{36}$/, add: "/translate/ar" },
  "/remarks/{id}": { as: focal, from: "/work", match: /\/remarks\/[0-9a-f-]{36}$/ },
  "/reviews/{round}/{state}/remarks/{pillar}": { as: "ewa@lodestar.example", path: "/reviews/lodestar-r2/XAA/remarks/expert" },
  "/plans/{code}/targets": { as: secretariat, path: "/plans/meridian-plan/targets?indicator=men" },
  "/recommendations/new": { as: secretariat, path: "/recommendations/new" },
  "/recommendations/{id}/edit": { as: "rui@lodestar.example", path: "/recommendations/LOD-R1-XAA-1/edit" },
  "/commitments/new": { as: secretariat, path: "/commitments/new" },
  "/commitments/{id}/edit": { as: secretariat, from: "/commitments", match: /\/commitments\/[0-9a-f-]{36}\/edit$/ },
  "/parliaments/new": { as: focal, path: "/parliaments/new" },
  "/parliaments/{id}/edit": { as: focal, from: "/parliaments", match: /\/parliaments\/[0-9a-f-]{36}\/edit$/ },
  "/mechanism-profiles/new": { as: secretariat, path: "/mechanism-profiles/new" },
  "/mechanism-profiles/{id}/edit": { as: secretariat, from: "/mechanism-profiles", match: /\/mechanism-profiles\/[0-9a-f-]{36}\/edit$/ },
  "/consultations/new": { as: secretariat, path: "/consultations/new" },
  "/consultations/{id}": { as: secretariat, from: "/consultations", match: /\/consultations\/[0-9a-f-]{36}$/ },
  "/consultations/{id}/thanks": { as: secretariat, from: "/consultations", match: /\/consultations\/[0-9a-f-]{36}$/, add: "/thanks" },
  "/consultations/{id}/edit": { as: secretariat, from: "/consultations", match: /\/consultations\/[0-9a-f-]{36}$/, add: "/edit" },
  "/legal-reviews/write": { as: secretariat, path: "/legal-reviews/write?name=meridian-laws&state=XAA" },
  "/legal-reviews/{name}": { as: secretariat, path: "/legal-reviews/meridian-laws" },
  "/practices/new": { as: focal, path: "/practices/new" },
  "/practices/{id}": { as: secretariat, from: "/practices", match: /\/practices\/[0-9a-f-]{36}$/ },
  "/rapporteur-reports/new": { as: "elin@rapporteur.avelmar.example", path: "/rapporteur-reports/new" },
  "/rapporteur-reports/{id}": { as: "elin@rapporteur.avelmar.example", from: "/rapporteur-reports", match: /\/rapporteur-reports\/[0-9a-f-]{36}$/ },
  "/rapporteur-reports/{id}/edit": { as: "elin@rapporteur.avelmar.example", from: "/rapporteur-reports", match: /\/rapporteur-reports\/[0-9a-f-]{36}$/, add: "/edit" },
  "/meetings/call": { as: secretariat, path: "/meetings/call" },
  "/meetings/seats/{id}": { as: secretariat, from: "/meetings/MERIDIAN/officials", match: /\/meetings\/seats\/[0-9a-f-]{36}$/ },
  "/meetings/{id}": { as: secretariat, from: "/meetings/MERIDIAN/officials", match: /\/meetings\/[0-9a-f-]{36}$/ },
});

// --- screening ---
const labour = "desmond@labour.avelmar.example";
const hotline = "paloma@linea544.example";
const clerk = "greta@harbourhouse.example";
const draft = { as: labour, from: "/screening", match: /\/screening\/[0-9a-f-]{36}$/ };
Object.assign(samples, {
  "/screening": { as: labour, path: "/screening" },
  "/screening/new": { as: labour, path: "/screening/new" },
  "/screening/notices": { as: labour, path: "/screening/notices" },
  "/screening/paper": { as: clerk, path: "/screening/paper" },
  "/screening/paper/sheet": { as: clerk, path: "/screening/paper/sheet?set=child_labour&in=ar" },
  "/screening/paper/opening": { as: clerk, path: "/screening/paper/opening" },
  "/screening/paper/enter": { as: clerk, path: "/screening/paper/enter?set=adult_labour" },
  "/screening/paper/{id}": { as: clerk, from: "/screening/paper", match: /\/screening\/paper\/[0-9a-f-]{36}$/ },
  "/screening/{id}": draft,
  "/screening/{id}/ask/{step}": { ...draft, add: "/ask/D1.job" },
  "/screening/{id}/decide": { ...draft, add: "/decide" },
  "/screening/{id}/left": { as: labour, from: "/screening", match: /\/screening\/[0-9a-f-]{36}\/left$/ },
  "/cases/{id}/identification": { as: "nadia@harbourhouse.example", from: "/cases", match: /\/cases\/[0-9a-f-]{36}$/, add: "/identification" },
  "/hotline": { as: hotline, path: "/hotline" },
  "/hotline/{id}": { as: hotline, from: "/hotline", match: /\/hotline\/[0-9a-f-]{36}$/ },
  "/hotline/{id}/case": { as: hotline, from: "/hotline", match: /\/hotline\/[0-9a-f-]{36}$/, add: "/case" },
});

// Pages that cannot be opened in a demonstration, each with its reason.
const unreachable = {
  "/confirm/{word}": "needs a link that was sent to a State; see crates/palermo-web/tests/reports.rs",
  "/reports/entered/{id}": "needs a report the secretariat entered; see crates/palermo-web/tests/reports.rs",
  "/reports/entered/{id}/sections/{section}": "needs a report the secretariat entered; see crates/palermo-web/tests/reports.rs",
  "/meetings/edit/{id}": "the form of /meetings/call, filled in",
  "/agreements/{id}/edit": "shipped agreements are not edited, and the demonstration has none of its own",
  "/registers/facts/{id}": "the demonstration has no recorded fact; see crates/palermo-web/tests/recorded_facts.rs",
  "/registers/laws/{id}": "the form of /laws/new, filled in; see crates/palermo-web/tests/registers_own.rs",
  "/registers/obstacles/{id}": "the form of /instruments/{id}/obstacle, filled in",
  "/registers/statements/{id}": "the form of /statements/new, filled in",
  "/registers/uses/{id}": "the form of /models/{id}/use, filled in",
  "/cases/search": "leads back to /cases; the search itself is a form that is sent",
  "/data/template": "a workbook to keep",
  "/data/{id}/report/{shape}": "a file to keep",
  "/data/{id}/uploads/{upload}/problems": "a workbook to keep",
  "/get-help/{state}/keep.html": "a file to keep; see crates/palermo-web/tests/directory_work.rs",
  "/cases/{id}/sealed/{file}": "a file to keep",
  "/cases/{id}/files/{file}": "a file to keep",
  "/audio/{language}/{name}": "a recording to play",
  "/cases/{id}/summary.docx": "a file to keep",
  "/cases/{id}/summary.html": "a file to keep",
  "/cases/{id}/summary.pdf": "a file to keep",
  "/releases/{slug}/{file}": "a file to keep",
  "/publish/{id}/files/{file}": "a file to keep",
  "/publish/{id}/editorial": "the demonstration has no release that waits; see crates/palermo-web/tests/public_site.rs",
  "/data/{id}/batches/{batch}/undo": "its address stands on the page of a dataset, two ids deep",
  "/sign-in/enrol": "the demonstration has no second factor",
  "/leave": "a blank page",
  "/own/leave": "leads to a blank page",
  "/cases/{id}/abroad/answered": "the demonstration has no question that was sent; see crates/palermo-web/tests/abroad.rs",
  "/work/approvals/{id}": "nothing of the demonstration waits for a second person; see crates/palermo-web/tests/abroad.rs",
  "/cases/{id}/abroad/{question}": "the demonstration has no question that was sent; see crates/palermo-web/tests/abroad.rs",
  "/cases/{id}/contact/{channel}": "the form of /cases/{id}/contact, filled in",
  "/cases/{id}/related/{related}": "the form of /cases/{id}/related, filled in; see crates/palermo-web/tests/person.rs",
  "/cases/{id}/own-view/{request}": "the demonstration has no request that waits; see crates/palermo-web/tests/care.rs",
  "/complaints/{request}": "the demonstration has no complaint that waits; see crates/palermo-web/tests/care.rs",
  "/identifications/{id}": "the demonstration has no decision that waits for a review",
  "/invitation/{token}": "needs the link of a letter",
  "/recover/{token}": "needs the link of a letter",
  // Keys and sign-in.
  "/account/passkey": "the demonstration has no address for passkeys; see sign-in.mjs",
  "/account/passkey/key": "the demonstration has no address for passkeys; see sign-in.mjs",
  "/sign-in/organisation/{id}": "leads to an organisation's own sign-in; see sign-in.mjs",
  "/account/organisation/{id}": "leads to an organisation's own sign-in; see sign-in.mjs",
  "/sign-in/back": "the way back from an organisation's own sign-in; see sign-in.mjs",
  "/contact-points/confirm/{token}": "needs the link of a letter",
  "/extract-requests/{word}": "needs the link of whoever asked; see crates/palermo-web/tests/extract_requests.rs",
  "/extract-requests/{word}/files/{file}": "a file to keep",
  "/figures/catalogue.json": "a file to keep",
};

function whoFor({ path, action }) {
  if (samples[path]?.as) return samples[path].as;
  if (["public.read", "account.sign-in", "own-view.open", "sealed-file.fetch", "extract.ask"].includes(action)) return "";
  if (action.startsWith("register.") || action.startsWith("agreement.") || action.startsWith("law.") || action.startsWith("obstacle.")) return secretariat;
  if (action.startsWith("directory.") || action.startsWith("service.") || action.startsWith("unmet-need.")) return focal;
  if (action === "audit.read") return officer;
  if (path.startsWith("/admin/keys")) return shelter;
  if (action.startsWith("break-glass.")) return officer;
  return administrator;
}

async function addressOf(page, row, lang) {
  const sample = samples[row.path];
  if (sample?.path) return `${address}/${lang}${sample.path}`;
  if (sample?.from) {
    await page.goto(`${address}/${lang}${sample.from}`);
    const links = await page.$$eval("a[href]", (all) => all.map((a) => a.href));
    const found = links.find((href) => sample.match.test(href) && !href.endsWith("/new"));
    must(found, `no link on ${sample.from} leads to ${row.path}`);
    if (sample.then) {
      await page.goto(found + sample.then);
      const further = await page.$$eval("a[href]", (all) => all.map((a) => a.href));
      const picked = further.find((href) => sample.pick.test(href));
      must(picked, `no link on ${sample.then} leads to ${row.path}`);
      return picked;
    }
    return found + (sample.add ?? "");
  }
  must(!row.path.includes("{"), `${row.path} has no sample; add one to accessibility.mjs`);
  return `${address}/${lang}${row.path}`;
}

const browser = await open();
for (const { lang, width, scheme } of variants) {
  const contexts = new Map();
  const pageOf = async (who) => {
    if (!contexts.has(who)) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: true });
      const page = await context.newPage();
      await stepIn(page, who, lang);
      contexts.set(who, page);
    }
    return contexts.get(who);
  };
  for (const row of pages) {
    if (unreachable[row.path]) continue;
    await check(`${lang} ${width} ${scheme} ${row.path}`, async () => {
      const page = await pageOf(whoFor(row));
      const response = await page.goto(await addressOf(page, row, lang));
      must(response.status() === 200, `answered ${response.status()}`);
      await page.evaluate(axeSource);
      const result = await page.evaluate((axeRules) => globalThis.axe.run(document, { runOnly: axeRules }), rules);
      const found = result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`);
      must(found.length === 0, found.join("\n"));
    });
  }
  for (const page of contexts.values()) await page.context().close();
}
await browser.close();
close();
