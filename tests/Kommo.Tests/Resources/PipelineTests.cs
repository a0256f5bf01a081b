using Kommo.Tests.Support;

namespace Kommo.Tests.Resources;

public sealed class PipelineTests
{
    [Fact]
    public async Task Pipelines_come_with_their_stages_and_colours()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200, """
            {"_total_items":1,"_embedded":{"pipelines":[{"id":7,"name":"Sales","sort":1,"is_main":true,"_embedded":{"statuses":[
              {"id":8,"name":"New","sort":20,"pipeline_id":7,"color":"#98CBFF","type":0,"is_editable":true},
              {"id":142,"name":"Won","sort":10000,"pipeline_id":7,"color":"#CCFF66","type":0,"is_editable":false}]}}]}}
            """));

        var pipeline = await server.BareClient().Pipelines.ListAsync(new() { With = PipelineWith.Descriptions }).SingleAsync();

        Assert.Equal("?with=descriptions", server.Requests.Single().Query);
        Assert.Equal((7, true), (pipeline.Id, pipeline.IsMain));
        Assert.Equal([StageColor.Blue, new("#ccff66")], pipeline.Stages.Select(stage => stage.Color!.Value));
        Assert.Equal(new PipelineStatus(7, PipelineStatus.Won), pipeline.Stages[1].InPipeline);
    }

    [Fact]
    public async Task A_pipeline_is_created_with_its_stages_and_a_stage_changed_by_its_own_route()
    {
        await using var server = await KommoServer.StartAsync(
            new Answer(200, """{"_embedded":{"pipelines":[{"id":7,"name":"Sales","request_id":"0","_embedded":{"statuses":[{"id":8}]}}]}}"""),
            new Answer(200, """{"id":8,"name":"Newest","color":"#fffeb2"}"""),
            new Answer(204));
        var pipelines = server.BareClient().Pipelines;

        var made = await pipelines.CreateAsync(new NewPipeline
        {
            Name = "Sales",
            Sort = 1,
            Stages = [new() { Name = "New", Color = StageColor.Blue }, new() { Id = PipelineStatus.Won, Name = "Yes" }],
        });
        var stage = await pipelines.Stages(made.Id).UpdateAsync(new StageUpdate { Id = made.Stages[0].Id, Name = "Newest", Color = StageColor.PaleYellow });
        Assert.True(await pipelines.DeleteAsync(7));

        Assert.Equal(("Newest", StageColor.PaleYellow), (stage.Name, stage.Color));
        Assert.Equal(
            [
                ("POST", "/api/v4/leads/pipelines", """[{"name":"Sales","sort":1,"is_main":false,"is_unsorted_on":true,"_embedded":{"statuses":[{"name":"New","color":"#98cbff"},{"id":142,"name":"Yes"}]},"request_id":"0"}]"""),
                ("PATCH", "/api/v4/leads/pipelines/7/statuses/8", """{"name":"Newest","color":"#fffeb2","id":8}"""),
                ("DELETE", "/api/v4/leads/pipelines/7", ""),
            ],
            server.Requests.Select(request => (request.Method, request.Path, request.Body)));
    }

    [Fact]
    public async Task A_colour_that_is_none_of_Kommo_s_is_refused_before_anything_is_sent()
    {
        await using var server = await KommoServer.StartAsync(new Answer(200));

        await Assert.ThrowsAsync<KommoLimitException>(
            () => server.BareClient().Pipelines.Stages(7).UpdateAsync(new StageUpdate { Id = 8, Color = new StageColor("#000000") }));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public void There_are_21_colours_all_different() => Assert.Equal(21, StageColor.All.Distinct().Count());
}
