using System.Globalization;
using System.Text;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

/// <summary>Bodies made to cost as much as they can, each of any size.</summary>
internal static class HostileBodies
{
    /// <summary>By name, so that a failing test says which one.</summary>
    public static IReadOnlyDictionary<string, Func<int, byte[]>> All { get; } = new Dictionary<string, Func<int, byte[]>>
    {
        ["many fields of one item"] = size => Pairs(size, i => $"leads[add][0][f{i}]="),
        ["one field again and again"] = size => Pairs(size, _ => "leads[add][0][name]="),
        ["many items"] = size => Pairs(size, i => $"leads[add][{i}][id]="),
        ["many items, encoded"] = size => Pairs(size, i => $"leads%5Badd%5D%5B{i}%5D%5Bid%5D="),
        ["many entities"] = size => Pairs(size, i => $"e{i}[add][0][id]="),
        ["many actions"] = size => Pairs(size, i => $"leads[a{i}][0][id]="),
        ["items that take turns"] = size => Pairs(size, i => $"leads[add][{i % 997}][f]="),
        ["items without index that take turns"] = size => Pairs(size, i => $"task[a{i % 997}][f]="),
        ["many custom fields"] = size => Pairs(size, i => $"leads[add][0][custom_fields][{i}][id]="),
        ["custom fields that take turns"] = size => Pairs(size, i => $"leads[add][0][custom_fields][{i % 997}][values][{i}][value]="),
        ["many values of a custom field"] = size => Pairs(size, i => $"leads[add][0][custom_fields][0][values][{i}]="),
        ["many tags"] = size => Pairs(size, i => $"leads[add][0][tags][{i}][id]="),
        ["many linked leads"] = size => Pairs(size, i => $"contacts[add][0][linked_leads_id][{i}][ID]="),
        ["many reviews"] = size => Pairs(size, i => $"add[0][reviews][{i}][status]="),
        ["a task with very many levels"] = size => Text("task[update]" + string.Concat(Enumerable.Repeat("[0]", (size - 20) / 3)) + "[id]=1"),
        ["very many levels"] = size => Text("leads[add]" + string.Concat(Enumerable.Repeat("[a]", (size - 20) / 3)) + "=1"),
        ["brackets only"] = size => Text("leads[add][0]" + new string('[', size - 16) + "=1"),
        ["a very long name"] = size => Text($"leads[add][0][{new string('n', size - 20)}]=1"),
        ["a very long entity"] = size => Text($"{new string('n', size - 20)}[add][0][id]=1"),
        ["a very long value"] = size => Text($"leads[add][0][name]={new string('v', size - 20)}"),
        ["a very long number"] = size => Text($"leads[add][0][price]={new string('9', size - 21)}"),
        ["a value of escapes"] = size => Text("leads[add][0][name]=" + string.Concat(Enumerable.Repeat("%41", (size - 20) / 3))),
        ["a value of percent signs"] = size => Text($"leads[add][0][name]={new string('%', size - 20)}"),
        ["nothing between the ampersands"] = size => Text("leads[add][0][id]=1" + new string('&', size - 19)),
        ["nothing but equals signs"] = size => Text("leads[add][0][id]" + new string('=', size - 17)),
        ["pairs of nothing"] = size => Text("leads[add][0][id]=1" + string.Concat(Enumerable.Repeat("&a", (size - 19) / 2))),
        ["accounts again and again"] = size => Text(string.Concat(Enumerable.Repeat("account[subdomain]=a&", (size - 19) / 21)) + "leads[add][0][id]=1"),
        ["a very long account"] = size => Text($"leads[add][0][id]=1&account[_links][self]=https://{new string('a', size - 60)}"),
        ["JSON: many items"] = size => Json("{\"leads\":{\"add\":[", "{\"id\":1},", size, "{\"id\":1}]}}", WebhookParser.MaxKeys),
        ["JSON: many values"] = size => Json("{\"leads\":{\"add\":[{\"a\":[", "1,", size, "1]}]}}"),
        ["JSON: a long name over many values"] = size =>
            Json($"{{\"{new string('n', size / 2)}\":{{\"add\":[{{\"a\":[", "1,", size / 2, "1]}]}}"),
        ["JSON: a text of escapes"] = size => Json("{\"leads\":{\"add\":[{\"name\":\"", "\\u00e9", size, "\"}]}}"),
        ["JSON: very many levels"] = size => Json("{\"leads\":{\"add\":", "[", size, "1"),
        ["JSON: one name again and again"] = size => Json("{\"leads\":{\"add\":{", "\"id\":1,", size, "\"id\":1}}}", WebhookParser.MaxKeys),
    };

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>As many fields as a body may have, their values as long as the size asks for.</summary>
    private static byte[] Pairs(int size, Func<int, string> key)
    {
        var body = new StringBuilder();
        var count = Math.Min(WebhookParser.MaxKeys, size / 32);
        for (var i = 0; i < count; i++)
        {
            body.Append(key(i)).Append(i.ToString(CultureInfo.InvariantCulture).PadLeft(Math.Max(1, (size / count) - key(i).Length - 1), '1')).Append('&');
        }

        return Text(body.ToString());
    }

    /// <summary>As many of the pieces as the size has room for, or as may be.</summary>
    private static byte[] Json(string head, string piece, int size, string tail, int most = int.MaxValue) =>
        Text(new StringBuilder(head).Insert(head.Length, piece, Math.Min(most - 1, size / piece.Length)).Append(tail).ToString());
}
