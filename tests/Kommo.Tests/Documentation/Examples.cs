using System.Text.Json;
using Kommo.Http;
using Kommo.Webhooks;

namespace Kommo.Tests.Documentation;

/// <summary>The examples of the package's README, which quotes them word for word, and one for every other resource.</summary>
internal static class Examples
{
    public static KommoClient Start(string token)
    {
        var kommo = KommoClient.Create(new Uri("https://example.kommo.com/"), token);
        return kommo;
    }

    public static async Task ListAsync(KommoClient kommo, DateTimeOffset yesterday, CancellationToken cancellationToken)
    {
        var query = new LeadQuery
        {
            With = LeadWith.Contacts | LeadWith.LossReason,
            Statuses = [new(PipelineId: 7, PipelineStatus.Won)],
            ClosedAt = TimeRange.Since(yesterday),
            OrderBy = LeadOrder.UpdatedAt,
        };

        await foreach (var lead in kommo.Leads.ListAsync(query, cancellationToken))
        {
            Console.WriteLine($"{lead.Name}: {lead.Price}");
        }
    }

    public static async Task ResumeAsync(KommoClient kommo, int page, Func<int, Task> rememberAsync)
    {
        await foreach (var leads in kommo.Leads.ListPagesAsync(new LeadQuery { Page = page }))
        {
            // ... work on leads.Items, then:
            await rememberAsync(leads.NextNumber ?? 1);
        }
    }

    public static async Task CreateAsync(KommoClient kommo)
    {
        var created = await kommo.Leads.CreateComplexAsync(new NewComplexLead
        {
            Name = "New kitchen",
            Price = 12_500,
            Contact = new() { Name = "Ann Lee", CustomFields = [CustomFieldValues.Phone("+15550100", PhoneKind.Mobile)] },
            CustomFields = [CustomFieldValues.For(fieldId: 321, CustomFieldValue.Option("HOT"))],
            Tags = [new() { Name = "web" }],
        });

        await kommo.Leads.Notes.CreateAsync(NewNote.Common(created.Id, "Wants an oak worktop"));
    }

    public static async Task WriteManyAsync(KommoClient kommo, IAsyncEnumerable<NewContact> imported)
    {
        var results = await kommo.Contacts.CreateAsync(imported, new WriteOptions { BatchSize = 100 });

        foreach (var failure in results.Failures)
        {
            Console.WriteLine($"Line {failure.Position}: {failure.Outcome} {string.Join(", ", failure.Problems.Select(problem => problem.Path))}");
        }
    }

    public static async Task ChangeAsync(KommoClient kommo, long leadId)
    {
        await kommo.Leads.UpdateAsync(new LeadUpdate
        {
            Id = leadId,
            Price = 15_000,          // set
            LossReasonId = null,     // cleared
                                     // everything else stays as it is, whoever changed it meanwhile
        });
    }

    public static async Task HandleErrorsAsync(KommoClient kommo, NewLead lead)
    {
        try
        {
            await kommo.Leads.CreateAsync(lead);
        }
        catch (KommoValidationException e)
        {
            Console.WriteLine(string.Join(", ", e.Items.SelectMany(item => item.Errors).Select(error => $"{error.Path}: {error.Code}")));
        }
        catch (KommoException e) when (e.IsTransient)
        {
            Console.WriteLine($"Later, after {e.RetryAfter}; Kommo may have acted: {e.Fate == RequestFate.Unknown}");
        }
    }

    public static KommoClient WithPipeline(Uri account, IAccessTokenSource tokens, System.Threading.RateLimiting.RateLimiter limiter, ILimitObserver observer)
    {
        var http = KommoPipeline.CreateClient(
            account,
            new KommoPipelineOptions { Tokens = tokens, Limiter = limiter, Observer = observer },
            KommoPipeline.CreateTransport());
        return new KommoClient(http);
    }

    public static async Task OthersAsync(KommoClient kommo, long userId)
    {
        var account = await kommo.Account.GetAsync(AccountWith.TaskTypes | AccountWith.DatetimeSettings);

        await kommo.Tasks.CreateAsync(new NewTask { Text = "Call back", CompleteTill = TimeProvider.System.GetUtcNow().AddDays(1), TaskTypeId = account.Embedded!.TaskTypes![0].Id });
        await kommo.Companies.Links.LinkAsync(7, [Link.ToContact(8), Link.ToCatalogElement(catalogId: 1, elementId: 2, quantity: 3)]);
        await kommo.Companies.CustomFields.CreateAsync(new NewCustomField { Name = "Size", Type = CustomFieldTypes.Select, Enums = [new() { Value = "Small" }] });
        await kommo.Customers.EarnBonusPointsAsync(9, points: 100);
        await kommo.Pipelines.Stages(7).CreateAsync(new NewStage { Name = "Measured", Color = StageColor.LightGreen });
        await kommo.LossReasons.CreateAsync(new NewLossReason { Name = "Too late" });
        await kommo.IncomingLeads.AcceptAsync("f02b", userId);
        await kommo.Users.CreateAsync(new NewUser { Name = "Ben Ode", Email = "ben@example.com" });
        await kommo.Roles.CreateAsync(new NewRole { Name = "Sales", Rights = new() { Leads = EntityRights.All(AccessRights.Group) } });
        await kommo.Bots.RunAsync(id: 3, entityId: 7, EntityType.Leads);
        await kommo.Salesbot.ContinueAsync(
            new Uri("https://example.kommo.com/api/v4/salesbot/3/continue/4"),
            new SalesbotContinuation { Data = new Dictionary<string, JsonElement> { ["status"] = JsonElement.Parse("\"done\"") } });
        await kommo.Webhooks.SubscribeAsync(new Uri("https://hooks.example.com/kommo"), [WebhookSettings.AddLead]);

        await foreach (var done in kommo.Events.ListAsync(new EventQuery { Types = [KommoEventTypes.TaskCompleted] }))
        {
            Console.WriteLine(done.EntityId);
        }
    }

    public static async Task ChannelsAsync(KommoClient kommo, string recording)
    {
        var results = await kommo.Calls.CreateAsync(
            [new() { Direction = CallDirection.Inbound, Phone = "+15550100", Duration = TimeSpan.FromMinutes(3), Source = "PBX", Link = new Uri(recording) }]);
        Console.WriteLine(results.Failures.Count());
        await kommo.Calls.NotifyIncomingAsync("+15550100", userIds: [7]);

        var list = await kommo.Catalogs.CreateAsync(new NewCatalog { Name = "Worktops" });
        await kommo.Catalogs.Elements(list.Id).CreateAsync(new NewCatalogElement { Name = "Oak" });
        await kommo.Products.UpdateSettingsAsync(new ProductsSettingsUpdate { IsEnabled = true });
        Console.WriteLine(await kommo.Currencies.ListAsync().CountAsync());

        await kommo.Sources.CreateAsync(new NewSource { Name = "Shop", ExternalId = "shop-1" });
        await kommo.WebsiteButtons.CreateAsync(new NewWebsiteButton { Name = "Chat", TrustedWebsites = ["example.com"] });
        await kommo.Widgets.InstallAsync("my_widget", new Dictionary<string, string> { ["key"] = "value" });
        await kommo.ShortLinks.CreateAsync(NewShortLink.ForContact(8, new Uri("https://example.com/offer")));
        await kommo.ChatTemplates.CreateAsync(new NewChatTemplate { Name = "Hello", Content = "Hello {{contact.name}}", Buttons = [ChatTemplateButton.Inline("Hi")] });
        await kommo.Talks.SendMessageAsync(12, "We are on our way");
        await kommo.KnowledgeSources.AddUrlAsync(new NewUrlKnowledge { Use = KnowledgeUse.Agent, Url = new Uri("https://example.com/delivery"), Code = KnowledgePolicy.ShippingPolicy });
    }

    public static async Task FilesAsync(KommoClient kommo, string token, Stream photo)
    {
        var account = await kommo.Account.GetAsync(AccountWith.DriveUrl);
        var drive = KommoDriveClient.Create(new Uri(account.DriveUrl!), token);

        var file = await drive.UploadAsync(new NewUpload { FileName = "kitchen.jpg", ContentType = "image/jpeg" }, photo);

        await kommo.Leads.Files(7).AttachAsync([file.Uuid!]);
        Console.WriteLine((await kommo.Files.GetLinksAsync(file.Uuid!))?.Entities?.Count);
    }

    public static async Task ChatsAsync(ChatChannel channel, string amojoId, ChatUser customer)
    {
        var chats = KommoChatsClient.Create(channel);
        var connection = await chats.ConnectAsync(new NewChatConnection { AccountId = amojoId, Title = "Shop" });

        await chats.Scope(connection.ScopeId!).SendMessageAsync(new NewChatMessage
        {
            MessageId = "m-1",
            ConversationId = "c-1",
            SentAt = TimeProvider.System.GetUtcNow(),
            Sender = customer,
            Message = ChatContent.OfText("Is the oak worktop in stock?"),
        });
    }
}
