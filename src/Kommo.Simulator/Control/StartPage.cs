using System.Net;

namespace Kommo.Simulator.Control;

internal static class StartPage
{
    public static string Html(KommoSimulator simulator)
    {
        SimulatorStatistics statistics = simulator.GetStatistics();
        return $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Kommo simulator</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
            code{background:#eee;padding:.1em .3em}td{padding:.2em 1em .2em 0;vertical-align:top}</style></head><body>
            <h1>Kommo simulator</h1>
            <p>A Kommo account that behaves as documented: API v4 under <code>{{WebUtility.HtmlEncode(simulator.BaseAddress.ToString())}}api/v4</code>,
            files at <code>{{WebUtility.HtmlEncode(simulator.DriveAddress.ToString())}}</code>, chats at <code>{{WebUtility.HtmlEncode(simulator.ChatsAddress.ToString())}}</code>,
            OAuth 2.0 with rotating tokens, {{simulator.Options.RequestsPerSecond}} requests a second, and webhooks with their retries.
            It is no part of Kommo, and nothing here leaves this machine.</p>
            <p>{{statistics.Leads}} leads, {{statistics.Contacts}} contacts, {{statistics.Companies}} companies, {{statistics.Tasks}} tasks,
            {{statistics.Notes}} notes; {{simulator.Webhooks.Count}} webhooks; {{statistics.Requests}} requests,
            {{statistics.Refused}} refused, {{statistics.Blocked}} blocked; {{statistics.Hooks.Acknowledged}} of
            {{statistics.Hooks.Queued}} hooks acknowledged.</p>
            <table>
            <tr><td><code>POST /_simulator/leads</code></td><td>new leads, as if a user had typed them in; body <code>{"count":1,"name":"...","price":0,"responsible_user_id":8000001}</code> or none</td></tr>
            <tr><td><code>GET /_simulator/leads/{id}</code></td><td>a lead with its tasks and notes</td></tr>
            <tr><td><code>POST /_simulator/authorize</code></td><td>an authorization code, as if an admin had allowed the integration</td></tr>
            <tr><td><code>GET /_simulator/statistics</code></td><td>requests, limits, hooks</td></tr>
            <tr><td><code>POST /_simulator/statistics/reset</code></td><td>counts from zero</td></tr>
            <tr><td><code>POST /_simulator/unblock</code></td><td>lifts the 403 block</td></tr>
            <tr><td><code>GET /_simulator/routes</code></td><td>every route that is served: method and template</td></tr>
            <tr><td><code>POST /_simulator/bots/step</code></td><td>a bot asks a widget; body <code>{"url":"...","entity_type":"leads","entity_id":1}</code></td></tr>
            <tr><td><code>GET /_simulator/bots/steps</code></td><td>the steps of bots, with what continued them</td></tr>
            <tr><td><code>POST /_simulator/chats/answer</code></td><td>an operator writes; body <code>{"conversation_id":"...","text":"..."}</code></td></tr>
            <tr><td><code>POST /_simulator/faults</code></td><td>strikes the next requests; body <code>{"route":"POST /api/v4/leads","kind":"ServerError","count":1}</code>,
            kinds {{string.Join(", ", Enum.GetNames<FaultKind>())}}; <code>DELETE</code> forgets them</td></tr>
            </table></body></html>
            """;
    }
}
