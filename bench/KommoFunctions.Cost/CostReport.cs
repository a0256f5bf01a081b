using System.Globalization;
using System.Text;

namespace KommoFunctions.Cost;

/// <summary>The tables of <c>docs/cost.md</c>.</summary>
internal static class CostReport
{
    public static string Write(Assumptions given, PriceList prices, IReadOnlyList<double> volumes)
    {
        var months = volumes.Select(hooks => new MonthlyCost(hooks, given, prices)).ToArray();
        var text = new StringBuilder();
        Row(text, "A month, in " + prices.Currency, volumes.Select(hooks => $"{Whole(hooks)} hooks"));
        Row(text, "---", volumes.Select(_ => "---:"));
        for (var line = 0; line < months[0].Lines.Count; line++)
        {
            Row(text, months[0].Lines[line].Name, months.Select(month => Money(month.Lines[line].Amount)));
        }

        Row(text, "**Together**", months.Select(month => $"**{Money(month.Total)}**"));
        Row(text, "For a million hooks", volumes.Zip(months, (hooks, month) => Money(month.Total / hooks * 1e6)));
        return text.ToString();
    }

    public static string Prices(PriceList prices)
    {
        var text = new StringBuilder();
        Row(text, "Meter", ["Price", "Source"]);
        Row(text, "---", ["---", "---"]);
        foreach (var price in prices.Prices)
        {
            Row(text, price.Of, [
                $"{price.Amount.ToString("0.######", CultureInfo.InvariantCulture)} / {price.Per}",
                price.Source + (price.Confirmed ? "" : ". **Not confirmed**")]);
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string name, IEnumerable<string> cells) =>
        text.Append("| ").Append(name).Append(" | ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Money(double amount) => amount.ToString(amount >= 100 ? "N0" : "N2", CultureInfo.InvariantCulture);

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
