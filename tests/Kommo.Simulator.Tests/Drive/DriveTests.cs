using System.Text.Json.Nodes;
using Kommo.Simulator.Tests.Support;

namespace Kommo.Simulator.Tests.Drive;

public sealed class DriveTests
{
    [Fact]
    public async Task A_file_goes_up_in_parts_and_comes_down_whole()
    {
        await using TestAccount account = await TestAccount.StartAsync(options => options.DrivePartSize = 10);
        byte[] bytes = [.. Enumerable.Range(0, 25).Select(number => (byte)number)];
        JsonNode file = await UploadAsync(account, "Offer №1.bin", bytes);
        Assert.Equal((25, "file", "Offer__1.bin", "bin"), (
            file["size"]!.GetValue<int>(), file["type"]!.ToString(), file["sanitized_name"]!.ToString(), file["metadata"]!["extension"]!.ToString()));
        Assert.Equal(bytes, await account.Http.GetByteArrayAsync(new Uri(file["_links"]!["download"]!["href"]!.ToString())));
        Assert.Equal(file["uuid"]!.ToString(), (await account.GetAsync(Address(account, "/files?filter[name]=offer"))).Embedded("files").Single()!["uuid"]!.ToString());
        Assert.Equal(204, (await account.GetAsync(Address(account, "/files?filter[extensions][]=pdf"))).Status);
    }

    [Fact]
    public async Task A_part_may_neither_be_too_large_nor_sent_twice()
    {
        await using TestAccount account = await TestAccount.StartAsync(options => options.DrivePartSize = 10);
        JsonNode session = (await account.PostAsync(Address(account, "/sessions"), """{"file_name":"a.txt","file_size":15}""")).Json;
        string first = session["upload_url"]!.ToString();
        Assert.Equal(10, session["max_part_size"]!.GetValue<int>());
        Assert.Equal(400, (await SendPartAsync(account, first, new byte[11])).Status);
        Answer part = await SendPartAsync(account, first, new byte[10]);
        Assert.Equal((202, session["session_id"]!.GetValue<long>()), (part.Status, part.Json["session_id"]!.GetValue<long>()));
        Answer again = await SendPartAsync(account, first, new byte[10]);
        Assert.Equal((404, 0), (again.Status, again.Json["status"]!.GetValue<int>()));
        Assert.Equal(400, (await SendPartAsync(account, part.Json["next_url"]!.ToString(), new byte[6])).Status);
        Assert.Equal(200, (await SendPartAsync(account, part.Json["next_url"]!.ToString(), new byte[5])).Status);
    }

    [Fact]
    public async Task A_new_version_keeps_the_file()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        JsonNode first = await UploadAsync(account, "a.txt", [1]);
        JsonNode second = await UploadAsync(account, "a.txt", [2, 2], first["uuid"]!.ToString());
        Assert.Equal(first["uuid"]!.ToString(), second["uuid"]!.ToString());
        Assert.NotEqual(first["version_uuid"]!.ToString(), second["version_uuid"]!.ToString());
        Assert.True(second["has_multiple_versions"]!.GetValue<bool>());
        Assert.Equal(2, (await account.GetAsync(Address(account, $"/files/{first["uuid"]}/versions"))).Embedded("versions").Count);
        Assert.Single((await account.GetAsync(Address(account, "/files"))).Embedded("files"));
    }

    [Fact]
    public async Task Files_are_renamed_trashed_and_restored()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        JsonNode file = await UploadAsync(account, "a.txt", [1]);
        string one = Address(account, $"/files/{file["uuid"]}");
        string body = $$"""[{"uuid":"{{file["uuid"]}}"}]""";
        Assert.Equal("b.txt", (await account.PatchAsync(one, """{"name":"b.txt"}""")).Json["name"]!.ToString());
        Assert.Equal(204, (await account.DeleteAsync(Address(account, "/files"), body)).Status);
        Assert.Equal(204, (await account.GetAsync(Address(account, "/files"))).Status);
        Assert.True((await account.GetAsync(Address(account, "/files?filter[deleted]=1"))).Embedded("files").Single()!["is_trashed"]!.GetValue<bool>());
        Assert.Equal(200, (await account.PostAsync(Address(account, "/files/restore"), body)).Status);
        Assert.Null((await account.GetAsync(one)).Json["deleted_at"]);
        Assert.Equal(404, (await account.GetAsync(Address(account, "/files/none"))).Status);
        Assert.Equal(400, (await account.GetAsync(Address(account, "/files?limit=251"))).Status);
    }

    [Fact]
    public async Task Files_hang_on_entities()
    {
        await using TestAccount account = await TestAccount.StartAsync();
        long lead = account.Simulator.CreateLeads(1)[0];
        string uuid = (await UploadAsync(account, "a.txt", [1]))["uuid"]!.ToString();
        string path = $"/api/v4/leads/{lead}/files";
        Assert.Equal(202, (await account.PutAsync(path, $$"""[{"file_uuid":"{{uuid}}"}]""")).Status);
        Assert.Equal(uuid, (await account.GetAsync(path)).Embedded("files").Single()!["file_uuid"]!.ToString());
        Assert.Equal(lead, (await account.GetAsync($"/api/v4/files/{uuid}/links")).Embedded("links").Single()!["entity_id"]!.GetValue<long>());
        Assert.Equal("NotSupportedChoice file_uuid", (await account.PutAsync(path, """[{"file_uuid":"none"}]""")).Error);
        Assert.Equal(202, (await account.DeleteAsync(path, $$"""[{"file_uuid":"{{uuid}}"}]""")).Status);
        Assert.Equal(204, (await account.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_session_needs_a_token_a_name_and_a_size_within_the_limit()
    {
        await using TestAccount account = await TestAccount.StartAsync(options => options.DriveFileSize = 100);
        Assert.Equal(400, (await account.PostAsync(Address(account, "/sessions"), """{"file_name":"a","file_size":101}""")).Status);
        Assert.Equal(400, (await account.PostAsync(Address(account, "/sessions"), """{"file_size":1}""")).Status);
        Assert.Equal(404, (await account.PostAsync(Address(account, "/sessions"), """{"file_name":"a","file_size":1,"file_uuid":"none"}""")).Status);
        account.Token = "nonsense";
        Assert.Equal(401, (await account.PostAsync(Address(account, "/sessions"), """{"file_name":"a","file_size":1}""")).Status);
        Assert.Equal(401, (await account.GetAsync(Address(account, "/files"))).Status);
    }

    private static string Address(TestAccount account, string path) => $"{account.Simulator.DriveAddress}v1.0{path}";

    private static async Task<JsonNode> UploadAsync(TestAccount account, string name, byte[] bytes, string? file = null)
    {
        JsonObject asked = new() { ["file_name"] = name, ["file_size"] = bytes.Length };
        if (file is not null)
        {
            asked["file_uuid"] = file;
        }

        JsonNode session = (await account.PostAsync(Address(account, "/sessions"), asked.ToJsonString())).Json;
        string next = session["upload_url"]!.ToString();
        Answer answer = new(0, null, "");
        foreach (byte[] part in bytes.Chunk(session["max_part_size"]!.GetValue<int>()))
        {
            answer = await SendPartAsync(account, next, part);
            next = answer.Json["next_url"]?.ToString() ?? "";
        }

        Assert.Equal(200, answer.Status);
        return answer.Json;
    }

    private static async Task<Answer> SendPartAsync(TestAccount account, string url, byte[] part)
    {
        using ByteArrayContent content = new(part);
        using HttpResponseMessage response = await account.Http.PostAsync(new Uri(url), content);
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
    }
}
