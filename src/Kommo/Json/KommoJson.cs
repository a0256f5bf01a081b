using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Kommo;

/// <summary>
/// How this library writes and reads Kommo's JSON: snake case, unix seconds, nothing sent for null or for what does not
/// change, numbers accepted as text, unknown fields kept. Metadata is source-generated, so all of it works in trimmed and
/// ahead-of-time compiled programs.
/// </summary>
public static class KommoJson
{
    /// <summary>The options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>The metadata of a type that goes to or comes from Kommo.</summary>
    /// <exception cref="NotSupportedException">The type does neither.</exception>
    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            Converters =
            {
                new UnixSecondsConverter(),
                new DurationSecondsConverter(),
                new LenientBooleanConverter(),
                new ChangeConverter<string>(),
                new ChangeConverter<long>(),
                new ChangeConverter<long?>(),
                new ChangeConverter<int>(),
                new ChangeConverter<decimal?>(),
                new ChangeConverter<bool>(),
                new ChangeConverter<DateTimeOffset>(),
                new ChangeConverter<DateTimeOffset?>(),
                new ChangeConverter<TimeSpan?>(),
                new ChangeConverter<EntityType>(),
                new ChangeConverter<StageColor>(),
            },
            TypeInfoResolver = JsonTypeInfoResolver.Combine(
                    KommoJsonContext.Default,
                    CatalogsJsonContext.Default,
                    ChannelsJsonContext.Default,
                    DriveJsonContext.Default,
                    ChatsJsonContext.Default)
                .WithAddedModifier(LeaveOutWhatDoesNotChange),
        };
        options.MakeReadOnly();
        return options;
    }

    internal static void LeaveOutWhatDoesNotChange(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType.IsAssignableTo(typeof(IChange)))
            {
                property.ShouldSerialize = static (_, value) => value is IChange { IsSet: true };
            }
        }
    }
}
