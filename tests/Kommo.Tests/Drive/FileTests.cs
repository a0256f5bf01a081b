using Kommo.Tests.Support;

namespace Kommo.Tests.Drive;

public sealed class FileTests
{
    private const string File = """{"uuid":"f","version_uuid":"v","name":"photo","size":10,"created_by":{"id":7,"type":"internal"},"deleted_by":null,"previews":null,"is_trashed":false,"_links":{"download":{"href":"https://d/f"},"download_version":{"href":"https://d/f/v"}}}""";

    [Fact]
    public async Task Files_are_listed_with_every_filter_and_page_after_page()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, $$$$"""{"_count":2,"_embedded":{"files":[{{{{File}}}}]},"_links":{"next":{"href":"https://drive-c.kommo.com/v1.0/files?page=2&limit=1"}}}"""),
            new Answer(200, $$$"""{"_count":2,"_embedded":{"files":[{{{File}}}]},"_links":[]}"""));

        var files = await server.Drive().ListAsync(new()
        {
            Limit = 1,
            Uuids = ["f", "g"],
            Name = "n",
            Extensions = ["jpg"],
            Term = "t",
            SourceId = 3,
            Deleted = true,
            Size = new(1, 9),
            Date = new(DateTimeOffset.FromUnixTimeSeconds(5), DateTimeOffset.FromUnixTimeSeconds(6)),
            DateOf = FileDate.UpdatedAt,
            CreatedBy = [-1],
            UpdatedBy = [0],
        }).ToListAsync();

        Assert.Equal(2, files.Count);
        Assert.Equal((7, "internal", "https://d/f/v"), (files[0].CreatedBy!.Id, files[0].CreatedBy!.Type, files[0].Links!.DownloadVersion!.Href));
        Assert.Equal(
            "?page=1&limit=1&filter[uuid]=f,g&filter[name]=n&filter[extensions][]=jpg&filter[term]=t&filter[source_id]=3&filter[deleted]=1&filter[size][from]=1&filter[size][to]=9&filter[date][type]=updated_at&filter[date][from]=5&filter[date][to]=6&filter[created_by][]=-1&filter[updated_by][]=0",
            server.Requests[0].Query);
        Assert.Equal(("/v1.0/files", "?page=2&limit=1"), (server.Requests[1].Path, server.Requests[1].Query));
    }

    [Fact]
    public async Task Files_are_read_changed_deleted_and_restored()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, File),
            new Answer(204),
            new Answer(200, """{"_count":1,"_embedded":{"versions":[{"uuid":"v","file_uuid":"f","is_main":true}]}}"""),
            new Answer(200, File),
            new Answer(200, File),
            new Answer(200, "{}"),
            new Answer(200, $$$"""{"_count":1,"_embedded":{"files":[{{{File}}}]}}"""));
        var drive = server.Drive();

        Assert.Equal("https://d/f", (await drive.GetAsync("f"))!.DownloadLink);
        Assert.Null(await drive.GetAsync("g"));
        Assert.True((await drive.ListVersionsAsync("f")).Single().IsMain);
        await drive.UpdateAsync("f", FileUpdate.Rename("other"));
        await drive.UpdateAsync("f", FileUpdate.Show("v2"));
        await drive.DeleteAsync(["f", "g"]);
        Assert.Equal("f", (await drive.RestoreAsync(["f"])).Single().Uuid);
        await drive.DeleteAsync([]);
        Assert.Empty(await drive.RestoreAsync([]));
        Assert.Equal(
            [
                ("GET", "/v1.0/files/f", ""),
                ("GET", "/v1.0/files/g", ""),
                ("GET", "/v1.0/files/f/versions", ""),
                ("PATCH", "/v1.0/files/f", """{"name":"other"}"""),
                ("PATCH", "/v1.0/files/f", """{"version_uuid":"v2"}"""),
                ("DELETE", "/v1.0/files", """[{"uuid":"f"},{"uuid":"g"}]"""),
                ("POST", "/v1.0/files/restore", """[{"uuid":"f"}]"""),
            ],
            server.Calls());
    }

    [Fact]
    public async Task No_versions_and_no_files_are_no_error()
    {
        await using var server = await KommoServer.StartAsync(new Answer(404), new Answer(204));

        Assert.Empty(await server.Drive().ListVersionsAsync("f"));
        Assert.Empty(await server.Drive().ListAsync().ToListAsync());
    }

    [Fact]
    public async Task Files_are_attached_to_entities_listed_and_detached()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, "{}"),
            new Answer(200, """{"_embedded":{"files":[{"id":5,"file_uuid":"f"}]}}"""),
            new Answer(202),
            new Answer(200, """{"file_uuid":"f","entities":[{"id":7,"entity_type":"leads","name":"Kitchen","price":20}]}"""),
            new Answer(204));
        var kommo = server.BareClient();

        await kommo.Leads.Files(7).AttachAsync(["f", "g"]);
        Assert.Equal("f", (await kommo.Contacts.Files(8).ListAsync(new() { Limit = 50, BeforeId = 6 }).SingleAsync()).FileUuid);
        await kommo.Companies.Files(9).DetachAsync(["f"]);
        var entity = (await kommo.Files.GetLinksAsync("f"))!.Entities!.Single();
        Assert.Equal((7, EntityType.Leads, "Kitchen"), (entity.Id, entity.EntityType, entity.Name));
        Assert.Null(await kommo.Files.GetLinksAsync("g"));
        await kommo.Customers.Files(1).AttachAsync([]);
        Assert.Equal("?page=1&limit=50&before_id=6", server.Requests[1].Query);
        Assert.Equal(
            [
                ("PUT", "/api/v4/leads/7/files", """[{"file_uuid":"f"},{"file_uuid":"g"}]"""),
                ("GET", "/api/v4/contacts/8/files", ""),
                ("DELETE", "/api/v4/companies/9/files", """[{"file_uuid":"f"}]"""),
                ("GET", "/api/v4/files/f/links", ""),
                ("GET", "/api/v4/files/g/links", ""),
            ],
            server.Calls());
    }

    [Fact]
    public async Task A_missing_entity_is_an_error_and_the_storage_s_own_shape_of_errors_is_read()
    {
        await using var server = await KommoServer.StartAsync(
            Answer.Problem(404, """{"status":404}"""), Answer.Problem(403, """{"status":0,"error_code":"SCOPE","error_description":"no right"}"""));

        await Assert.ThrowsAsync<KommoNotFoundException>(() => server.BareClient().Leads.Files(7).AttachAsync(["f"]));
        var error = await Assert.ThrowsAsync<KommoForbiddenException>(() => server.Drive().DeleteAsync(["f"]));

        Assert.Equal(("SCOPE", "no right"), (error.Problem!.Code, error.Problem.Detail));
    }
}
