use super::About::{Fee, Material, Place, TimeLimit};
use super::*;

fn reply(question: i64, bureau: i64, text: &str) -> Reply<'_> {
    Reply {
        question: QuestionId(question),
        bureau: BureauId(bureau),
        text,
    }
}

/// What a person finds contradictory between two replies; none where both may hold.
const PAIRS: &[(Option<About>, &str, &str)] = &[
    // 时限
    (Some(TimeLimit), "简易注销公示20天", "简易注销要公示45天"),
    (Some(TimeLimit), "公示二十天，自然日", "公示20个工作日"),
    (Some(TimeLimit), "审核三个工作日内出结果", "审核5个工作日内出结果"),
    (Some(TimeLimit), "名称保留两个月", "名称给您保留6个月"),
    (Some(TimeLimit), "挂网得挂够20天才中", "恁得公示满45天"),
    (Some(TimeLimit), "一般3天就下来了", "得半个月才能下来"),
    (Some(TimeLimit), "要等7天", "要等3天"),
    (Some(TimeLimit), "公示20天，审核1个工作日", "公示45天，审核1个工作日"),
    (Some(TimeLimit), "提交以后审核1个工作日", "审核得5到7个工作日"),
    (Some(TimeLimit), "当场就能办好", "办好得等10天"),
    (Some(TimeLimit), "出资期限最长5年", "认缴期限最长20年"),
    (Some(TimeLimit), "三五天就弄好了", "弄好咋也得一个月"),
    (Some(TimeLimit), "公示期是20日", "公示期为 45 日。"),
    (None, "三个工作日", "3个工作日"),
    (None, "公示20日，审核1日", "审核1天，公示20天"),
    (Some(TimeLimit), "审核1日", "审核1个工作日"),
    (None, "公示20天", "审核3个工作日"),
    (None, "1至3日办结", "2日办结"),
    (None, "3个工作日内办结", "一般2个工作日就能办结"),
    (None, "简易注销公示20天", "一般注销公告45天"),
    (None, "以前公示45天，现在20天", "公示20天"),
    (None, "大概一周吧", "5个工作日左右"),
    (None, "材料齐全当场办结", "3个工作日内办结"),
    (None, "公示满20天后，20天内来申请注销", "公示20天"),
    (None, "不是45天，是20天", "公示20天"),
    (None, "您是3天前交的，还在审", "审核5个工作日内"),
    (None, "半个月", "15天"),
    (None, "一年", "12个月"),
    (None, "减资要公告45天", "增资不用公告，当场办"),
    (None, "审核通过后3天内来领照", "审核1个工作日"),
    (None, "情况复杂的再延长3个工作日", "审核3个工作日"),
    (None, "个体户的当场就能办", "公司的得3个工作日"),
    (None, "俩月内有效", "保留2个月"),
    (None, "6月30日以前报年报", "年报1月1日开始，到6月30号"),
    // 费用
    (Some(Fee), "刻章免费", "刻章200元"),
    (Some(Fee), "不要钱", "要交200块钱"),
    (Some(Fee), "办执照不收费，放心", "办执照得交工本费"),
    (Some(Fee), "登报得三百块左右", "登报要1000元"),
    (Some(Fee), "补照不收钱，一分钱不要", "补照10块钱工本费"),
    (Some(Fee), "公章刻一套二百", "公章刻一套450元"),
    (None, "登记不收费，刻章200元", "办照免费"),
    (None, "不收费", "刻章自己找店刻，一套200元左右"),
    (None, "公示系统公告免费", "登报的话300元"),
    (None, "免费", "不要钱，放心来"),
    (None, "注册资本写100万元就行", "登记不收费"),
    (None, "以前要10元工本费，现在不收了", "不收费"),
    (None, "刻章100到300元", "刻章200元"),
    (None, "是不是收费？不收费", "免费办理"),
    (None, "月销售额10万元以下免税", "办照不收费"),
    (None, "邮寄的话运费到付，15块", "登记免费"),
    (None, "罚一万以下", "补办不要钱"),
    // 材料
    (Some(Material), "需要租赁合同", "不用租赁合同"),
    (Some(Material), "章程不用交", "要交章程、股东会决议"),
    (Some(Material), "带身份证原件来", "身份证复印件就中"),
    (Some(Material), "免交《住所承诺书》", "要提交《住所承诺书》"),
    (Some(Material), "恁把房产证拿上", "房产证不用拿了"),
    (Some(Material), "不用验资报告", "还得要验资报告才行"),
    (Some(Material), "公章甭带", "公章必须带上"),
    (Some(Material), "清税证明不需要上传", "先办清税证明，上传清税证明"),
    (Some(Material), "身份证复印件不行", "身份证复印件就行"),
    (None, "需要身份证、租赁合同", "带身份证，租赁合同"),
    (None, "本人来不用委托书", "代办的要委托书"),
    (None, "没有房产证的要社区证明", "不用社区证明，有房产证就行"),
    (None, "不用章程，身份证带上", "身份证要带"),
    (None, "身份证原件和复印件都带上", "带身份证原件"),
    (None, "个体户不用章程", "公司要章程"),
    (None, "要租赁合同吗？不用", "租赁合同不用交"),
    (None, "网上传身份证复印件", "到窗口带身份证原件"),
    (None, "章程不用交，决议要交", "决议要交"),
    (None, "简易注销不用清算报告", "一般注销要清算报告"),
    (None, "租的房要租赁合同", "自己的房子不用租赁合同，拿房产证"),
    (None, "主要是租赁合同", "不要忘了租赁合同"),
    // 地点
    (Some(Place), "在政务大厅二楼", "上三楼办"),
    (Some(Place), "去3号窗口", "找8号窗口就中"),
    (Some(Place), "我们在建安大道188号", "地址是新兴路20号"),
    (Some(Place), "只能到窗口办，网上办不了", "网上就能办，不用跑"),
    (Some(Place), "去工商所办", "到政务服务中心办"),
    (None, "3到6号窗口都能办", "去5号窗口"),
    (None, "在2楼", "政务大厅二楼登记窗口"),
    (None, "不在二楼了，搬到三楼", "在3楼"),
    (None, "一楼取号，到三楼办", "三楼"),
    (None, "网上就能办", "领照必须来窗口"),
    (None, "魏都区建安大道188号", "建安大道188号"),
    (None, "2号楼3楼", "3楼"),
    (None, "工商所和政务大厅都行，去哪个都中", "去政务大厅"),
    // 第二批：写好规则以后另写的
    (Some(TimeLimit), "执照3个工作日能下来", "执照下来咋着也得15个工作日"),
    (Some(TimeLimit), "公示期四十五天", "公示期就20天，别听旁人的"),
    (Some(TimeLimit), "移出异常名录当场就移", "移出得等5个工作日"),
    (Some(TimeLimit), "核名通过给保留30天", "名字保留2个月，过期得重来"),
    (Some(TimeLimit), "歇业最多能歇3年", "歇业最长1年"),
    (Some(Fee), "查档不要钱，带身份证就中", "查档要收费"),
    (Some(Fee), "银行开户不收费", "银行开户200元"),
    (Some(Fee), "补照免费补", "补照收50元"),
    (Some(Fee), "数字证书免费领", "CA一年280块"),
    (Some(Material), "户口本不用带", "户口本也带上吧"),
    (
        Some(Material),
        "公司变更地址，房产证原件拿来看一下",
        "房产证复印件盖章就可以了",
    ),
    (Some(Material), "现在不要《指定代表证明》了", "还得交《指定代表证明》"),
    (Some(Material), "不用开无犯罪证明", "需要提供无犯罪记录证明"),
    (Some(Material), "转让协议必须上传", "转让协议免交，只交申请书"),
    (Some(Place), "在东城区政务大厅四楼登记窗口", "登记窗口在一楼"),
    (Some(Place), "到12号窗口取号", "直接去7号窗"),
    (Some(Place), "这个业务网上办不了，得来", "这个网上可以办"),
    (None, "一般3到5个工作日", "4个工作日"),
    (None, "您这个10号提交的，今天第3天，再等等", "5个工作日内审完"),
    (
        None,
        "公示20天期满没人提异议，20天内提交注销申请",
        "提交注销申请后1个工作日审核",
    ),
    (None, "执照免费，公章找刻章店刻，大概200", "公章200元左右"),
    (None, "不收任何费用，谁收钱您打12345", "免费"),
    (None, "注册资本10万就够，不用实缴", "注册资本写50万元也行，登记不收费"),
    (None, "需要法人身份证、公章、执照正副本", "法人身份证和公章"),
    (None, "租房的要租赁合同，自己的房子要房产证", "要租赁合同"),
    (None, "章程网上自动生成，不用您写", "章程要股东签名"),
    (None, "委托书下载模板填，本人来的不用", "代办的带委托书"),
    (None, "原件核对一下就还您，复印件留下", "带原件和复印件"),
    (None, "先去3号窗口取号，再到8号窗口交材料", "8号窗口"),
    (None, "在政务服务中心2楼", "2楼3号窗口"),
    (None, "所里就能办，不用去大厅", "辖区市场监管所办"),
    (None, "网上办要3个工作日，窗口当场办", "窗口当场就能办好"),
    (None, "合作社公示45天，企业20天", "企业公示20天"),
    (None, "年报每年1月到6月报，超过3年没报的要注意", "6月30日前报"),
    (None, "1个月内来补正", "补正期限30天"),
    (None, "这种情况不用刻章，要刻也就一百多", "刻章120元"),
    (None, "电话打0374-0000011问问", "打0374-0000012"),
    (None, "营业执照有效期长期", "名称保留2个月"),
];

#[test]
fn contradictions_are_found_and_nothing_else() {
    let (mut hits, mut alarms, mut missed) = (0, Vec::new(), Vec::new());
    for (expected, one, other) in PAIRS {
        for (a, b) in [(one, other), (other, one)] {
            let found = contradictions(&[reply(1, 1, a), reply(2, 1, b)]);
            let about: Vec<About> = found.iter().map(|found| found.about).collect();
            match expected {
                Some(expected) if about == [*expected] => hits += 1,
                Some(expected) => missed.push(format!("{expected:?} {a} | {b}: {found:?}")),
                None => {}
            }
            let wrong = found.iter().filter(|found| Some(found.about) != *expected);
            alarms.extend(wrong.map(|wrong| format!("{a} | {b}: {wrong:?}")));
        }
    }
    let wanted = 2 * PAIRS.iter().filter(|(expected, ..)| expected.is_some()).count();
    println!(
        "{} pairs, {hits} of {wanted} found, {} false",
        PAIRS.len(),
        alarms.len()
    );
    assert!(alarms.is_empty(), "false: {alarms:#?}");
    assert!(hits as f32 >= 0.96 * wanted as f32, "missed: {missed:#?}");
}
