using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using KommoFunctions.Cost;

// Each property of Assumptions is an option: ActiveHours is --active-hours.
var root = new RootCommand("What a month costs in Azure for 10 thousand, 1 million and 100 million hooks: the tables of docs/cost.md.");
var given = new Assumptions();
var options = typeof(Assumptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(
    property => property,
    property => new Option<string>("--" + Regex.Replace(property.Name, "(?<=[a-z0-9])(?=[A-Z])", "-").ToLowerInvariant())
    {
        Description = $"Default {Convert.ToString(property.GetValue(given), CultureInfo.InvariantCulture)}",
    });
foreach (var option in options.Values)
{
    root.Options.Add(option);
}

var prices = new Option<bool>("--prices") { Description = "Writes the price list instead, with the source of each price" };
root.Options.Add(prices);
root.SetAction(parsed =>
{
    foreach (var (property, option) in options)
    {
        if (parsed.GetValue(option) is { } text)
        {
            property.SetValue(given, Convert.ChangeType(text, property.PropertyType, CultureInfo.InvariantCulture));
        }
    }

    var list = PriceList.Load();
    Console.Write(parsed.GetValue(prices) ? CostReport.Prices(list) : CostReport.Write(given, list, [1e4, 1e6, 1e8]));
});
return root.Parse(args).Invoke();
