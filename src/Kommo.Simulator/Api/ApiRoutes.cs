using Kommo.Simulator.Api.Ai;
using Kommo.Simulator.Api.Bots;
using Kommo.Simulator.Api.Calls;
using Kommo.Simulator.Api.Catalogs;
using Kommo.Simulator.Api.Chats;
using Kommo.Simulator.Api.Customers;
using Kommo.Simulator.Api.Events;
using Kommo.Simulator.Api.Fields;
using Kommo.Simulator.Api.Files;
using Kommo.Simulator.Api.Leads;
using Kommo.Simulator.Api.Links;
using Kommo.Simulator.Api.Settings;
using Kommo.Simulator.Chats;
using Kommo.Simulator.Drive;
using Kommo.Simulator.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api;

/// <summary>The routes that the simulator serves, a line or two for each resource.</summary>
internal sealed class ApiRoutes(ApiContext context)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder api = routes.MapGroup("/api/v4");
        new AccountEndpoints(context).Map(api);
        new PipelineEndpoints(context).Map(api);
        LossReasons.Map(api, context);
        new UnsortedEndpoints(context).Map(api);
        new WebhookEndpoints(context).Map(api);
        api.Serve("POST", "/leads/complex", new ComplexLeadEndpoint(context.Store, context.Entities).Create);
        foreach (EntityKind kind in EntityKindNames.All)
        {
            new EntityEndpoints(kind, context).Map(api);
            new NoteEndpoints(kind, context).Map(api);
            new TagEndpoints(kind, context).Map(api);
            new LinkEndpoints(kind, context).Map(api);
        }

        new CustomerEndpoints(context).Map(api);
        new TaskEndpoints(context).Map(api);
        new UserEndpoints(context).Map(api);
        new CustomFieldEndpoints(context).Map(api);
        new CatalogEndpoints(context).Map(api);
        new EventEndpoints(context).Map(api);
        Sources.Map(api, context);
        new WidgetEndpoints(context).Map(api);
        new WebsiteButtonEndpoints(context).Map(api);
        new SmallEndpoints(context).Map(api);
        new TalkEndpoints(context).Map(api);
        new TemplateEndpoints(context).Map(api);
        new FileLinkEndpoints(context).Map(api);
        RouteGroupBuilder old = routes.MapGroup("/api/v2");
        new CallEndpoints(context).Map(api, old);
        new BotEndpoints(context).Map(api, old);
        new AiSourceEndpoints(context).Map(old);
        new DriveApi(context).Map(routes);
        new ChatsApi(context).Map(routes);
    }
}
