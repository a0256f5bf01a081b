using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>
/// A stage's colour. Kommo takes these 21 for new and changed stages and answers 400 to others (Kommo: Pipelines, colours); the colours
/// of its own stages are only read.
/// </summary>
/// <param name="Hex">The colour as Kommo writes it, such as <c>#fffeb2</c>.</param>
[JsonConverter(typeof(StageColorConverter))]
public readonly record struct StageColor(string Hex)
{
    /// <summary>Pale yellow.</summary>
    public static StageColor PaleYellow { get; } = new("#fffeb2");

    /// <summary>Light yellow.</summary>
    public static StageColor LightYellow { get; } = new("#fffd7f");

    /// <summary>Yellow.</summary>
    public static StageColor Yellow { get; } = new("#fff000");

    /// <summary>Pale orange.</summary>
    public static StageColor PaleOrange { get; } = new("#ffeab2");

    /// <summary>Light orange.</summary>
    public static StageColor LightOrange { get; } = new("#ffdc7f");

    /// <summary>Orange.</summary>
    public static StageColor Orange { get; } = new("#ffce5a");

    /// <summary>Pale red.</summary>
    public static StageColor PaleRed { get; } = new("#ffdbdb");

    /// <summary>Light red.</summary>
    public static StageColor LightRed { get; } = new("#ffc8c8");

    /// <summary>Red.</summary>
    public static StageColor Red { get; } = new("#ff8f92");

    /// <summary>Pale blue.</summary>
    public static StageColor PaleBlue { get; } = new("#d6eaff");

    /// <summary>Light blue.</summary>
    public static StageColor LightBlue { get; } = new("#c1e0ff");

    /// <summary>Blue.</summary>
    public static StageColor Blue { get; } = new("#98cbff");

    /// <summary>Pale green.</summary>
    public static StageColor PaleGreen { get; } = new("#ebffb1");

    /// <summary>Light green.</summary>
    public static StageColor LightGreen { get; } = new("#deff81");

    /// <summary>Green.</summary>
    public static StageColor Green { get; } = new("#87f2c0");

    /// <summary>Pale violet.</summary>
    public static StageColor PaleViolet { get; } = new("#f9deff");

    /// <summary>Light violet.</summary>
    public static StageColor LightViolet { get; } = new("#f3beff");

    /// <summary>Lavender.</summary>
    public static StageColor Lavender { get; } = new("#ccc8f9");

    /// <summary>Violet.</summary>
    public static StageColor Violet { get; } = new("#eb93ff");

    /// <summary>Light grey.</summary>
    public static StageColor LightGrey { get; } = new("#f2f3f4");

    /// <summary>Grey.</summary>
    public static StageColor Grey { get; } = new("#e6e8ea");

    /// <summary>Every colour that a stage can be given.</summary>
    public static IReadOnlyList<StageColor> All { get; } =
    [
        PaleYellow, LightYellow, Yellow, PaleOrange, LightOrange, Orange, PaleRed, LightRed, Red, PaleBlue, LightBlue, Blue,
        PaleGreen, LightGreen, Green, PaleViolet, LightViolet, Lavender, Violet, LightGrey, Grey,
    ];

    /// <summary>Whether both are the same colour; capital letters are the same digits.</summary>
    public bool Equals(StageColor other) => string.Equals(Hex, other.Hex, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override int GetHashCode() => Hex is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Hex);

    /// <inheritdoc />
    public override string ToString() => Hex ?? "";
}
