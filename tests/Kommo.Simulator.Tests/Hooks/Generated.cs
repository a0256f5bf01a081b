using System.Text.Json;
using CsCheck;
using Kommo.Simulator.Accounts;

namespace Kommo.Simulator.Tests.Hooks;

/// <summary>Rows of an account with any texts, times and fields.</summary>
internal static class Generated
{
    public static Gen<string> Text { get; } = Gen.String[
        Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Char["[]&=%+ .~-_\"'\\{}<>#\t\n\r\u0000\u00e9\u042f\u4e2d\uffff"]), 0, 16];

    public static Gen<Actor> Actor { get; } = Gen.Bool.Select(throughApi => new Actor(AccountCatalog.Admin, throughApi));

    public static Gen<SimulatedLead> Lead { get; } = Gen.Select(Common(EntityKind.Lead), Id, Id, Gen.Long[0, 1L << 50], (common, status, pipeline, price) => new SimulatedLead
    {
        Id = common.Id,
        Name = common.Name,
        ResponsibleUserId = common.Owner,
        CreatedBy = common.Maker,
        CreatedAt = common.CreatedAt,
        UpdatedAt = common.UpdatedAt,
        Tags = common.Tags,
        Fields = common.Fields,
        StatusId = status,
        PipelineId = pipeline,
        Price = price,
    });

    public static Gen<SimulatedContact> Contact { get; } = Common(EntityKind.Contact).Select(common => new SimulatedContact
    {
        Id = common.Id,
        Name = common.Name,
        ResponsibleUserId = common.Owner,
        CreatedBy = common.Maker,
        CreatedAt = common.CreatedAt,
        UpdatedAt = common.UpdatedAt,
        Tags = common.Tags,
        Fields = common.Fields,
        CompanyId = 20_000_001,
    });

    public static Gen<SimulatedCompany> Company { get; } = Common(EntityKind.Company).Select(common => new SimulatedCompany
    {
        Id = common.Id,
        Name = common.Name,
        ResponsibleUserId = common.Owner,
        CreatedBy = common.Maker,
        CreatedAt = common.CreatedAt,
        UpdatedAt = common.UpdatedAt,
        Tags = common.Tags,
        Fields = common.Fields,
    });

    public static Gen<SimulatedTask> Task { get; } = Gen.Select(Gen.Select(Id, Id, Id, Id), Gen.Select(Text, Text.Null()), Gen.Select(Time, Time, Time), Kind, Gen.Bool)
        .Select((ids, texts, times, kind, completed) => new SimulatedTask
        {
            Id = ids.Item1,
            EntityId = ids.Item2,
            ResponsibleUserId = ids.Item3,
            CreatedBy = ids.Item4,
            EntityKind = kind,
            Text = texts.Item1,
            ResultText = texts.Item2,
            CreatedAt = times.Item1,
            UpdatedAt = times.Item2,
            CompleteTill = times.Item3,
            IsCompleted = completed,
            TaskTypeId = 3,
        });

    public static Gen<SimulatedNote> Note { get; } = Gen.Select(Gen.Select(Id, Id, Id), Text, Gen.Select(Time, Time), Kind, OneOf("common", "attachment", "call_in", "sms_out"))
        .Select((ids, text, times, kind, type) => new SimulatedNote
        {
            Id = ids.Item1,
            EntityId = ids.Item2,
            ResponsibleUserId = ids.Item3,
            CreatedBy = AccountCatalog.Admin,
            EntityKind = kind,
            NoteType = type,
            Params = Json(new Dictionary<string, string> { ["text"] = text, ["file_name"] = text }),
            CreatedAt = times.Item1,
            UpdatedAt = times.Item2,
        });

    private static Gen<long> Id => Gen.Long[1, long.MaxValue];

    private static Gen<long> Time => Gen.Long[0, 4_102_444_800];

    private static Gen<EntityKind> Kind => OneOf(EntityKind.Lead, EntityKind.Contact, EntityKind.Company);

    private static Gen<CommonParts> Common(EntityKind kind) => Gen.Select(
        Gen.Select(Id, Id, Id),
        Text,
        Gen.Select(Time, Time),
        Gen.Select(Id, Text, (id, name) => new SimulatedTag(id, name)).Array[0, 4],
        Fields(kind),
        (ids, name, times, tags, fields) => new CommonParts(ids.Item1, name, ids.Item2, ids.Item3, times.Item1, times.Item2, tags, fields));

    private static Gen<SimulatedFieldValue[]> Fields(EntityKind kind)
    {
        var ids = AccountCatalog.Fields.Where(field => field.Kind == kind).ToArray();
        return Gen.Select(Gen.Int[0, ids.Length - 1], Gen.Select(Text, Time, Gen.Long[1, 1L << 40].Nullable()).Array[1, 3], (at, values) => new SimulatedFieldValue(
            ids[at].Id,
            [.. values.Select(value => new SimulatedFieldItem(ids[at].Type is "date" ? Json(value.Item2) : Json(value.Item1), ids[at].Type is "date" ? null : value.Item3))]))
            .Array[0, 4];
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private sealed record CommonParts(
        long Id, string Name, long Owner, long Maker, long CreatedAt, long UpdatedAt, IReadOnlyList<SimulatedTag> Tags, IReadOnlyList<SimulatedFieldValue> Fields);
}
