"""What docs/coverage.md lists of the tasks of the court in 南通: number, model, and the values of its fields."""

from typing import Any

from conferences.models import Measure, PriorityTask

CASES: dict[str, tuple[Any, dict[str, Any]]] = {
    "N51": (
        PriorityTask,
        {"heading": "讲政治，把牢方向，建设政治性最强法院", "speech__kind": "address", "speech__name": "保德林"},
    ),
    "N52": (
        Measure,
        {"text": "绝对忠诚，法院工作始终由党绝对领导", "task__heading": "讲政治，把牢方向，建设政治性最强法院"},
    ),
    "N53": (
        Measure,
        {"text": "紧跟形势，落实二十大、二十届二中全会精神", "task__heading": "讲政治，把牢方向，建设政治性最强法院"},
    ),
    "N54": (
        Measure,
        {"text": "围绕新理念、新格局和高质量发展谋划工作", "task__heading": "讲政治，把牢方向，建设政治性最强法院"},
    ),
    "N55": (
        Measure,
        {
            "text": "牢记使命，把“从政治上看，从法治上办”做到实处",
            "task__heading": "讲政治，把牢方向，建设政治性最强法院",
        },
    ),
    "N56": (
        Measure,
        {"text": "讲政治的案件，用讲法治的办法办好", "task__heading": "讲政治，把牢方向，建设政治性最强法院"},
    ),
    "N57": (
        PriorityTask,
        {"heading": "顾大局，能动司法，建设服务成效最优法院", "speech__kind": "address", "speech__name": "保德林"},
    ),
    "N58": (Measure, {"text": "做好“双集中管辖工作”", "task__heading": "顾大局，能动司法，建设服务成效最优法院"}),
    "N59": (
        Measure,
        {
            "text": "行政审判集中管辖再做优",
            "task__heading": "顾大局，能动司法，建设服务成效最优法院",
            "target": "助力最佳法治政府",
        },
    ),
    "N60": (
        Measure,
        {
            "text": "为外商企业化解国际商事矛盾",
            "task__heading": "顾大局，能动司法，建设服务成效最优法院",
            "target": "成为“优选地”",
        },
    ),
    "N61": (
        Measure,
        {
            "text": "打造工作品牌",
            "task__heading": "顾大局，能动司法，建设服务成效最优法院",
            "target": "在全省、全国叫得响",
        },
    ),
    "N62": (
        Measure,
        {"text": "紧扣2024年全区要抓的五个方面工作", "task__heading": "顾大局，能动司法，建设服务成效最优法院"},
    ),
    "N63": (
        Measure,
        {"text": "服务招商、项目、城建和民生等重点", "task__heading": "顾大局，能动司法，建设服务成效最优法院"},
    ),
    "N64": (
        PriorityTask,
        {"heading": "重审管，提质增效，建设人民群众最满意法院", "speech__kind": "address", "speech__name": "保德林"},
    ),
    "N65": (
        Measure,
        {
            "text": "“精致审管”再加力，案件质效再提升",
            "task__heading": "重审管，提质增效，建设人民群众最满意法院",
            "target": "全市基层法院第一方阵",
        },
    ),
    "N66": (
        Measure,
        {
            "text": "落实“如我在诉”，诉讼服务高品质",
            "task__heading": "重审管，提质增效，建设人民群众最满意法院",
            "target": "诉讼更便利",
        },
    ),
    "N67": (
        Measure,
        {"text": "办案高质量", "task__heading": "重审管，提质增效，建设人民群众最满意法院", "target": "社会公平正义"},
    ),
    "N68": (
        Measure,
        {"text": "执行高效率", "task__heading": "重审管，提质增效，建设人民群众最满意法院", "target": "胜诉权益兑现"},
    ),
    "N69": (
        Measure,
        {
            "text": "加强诉源治理，融入党委领导的治理格局",
            "task__heading": "重审管，提质增效，建设人民群众最满意法院",
            "target": "以安全保发展",
        },
    ),
    "N70": (
        PriorityTask,
        {"heading": "强队伍，严管厚爱，建设队伍素质最过硬法院", "speech__kind": "address", "speech__name": "保德林"},
    ),
    "N71": (Measure, {"text": "落实新时代党的建设总要求", "task__heading": "强队伍，严管厚爱，建设队伍素质最过硬法院"}),
    "N72": (Measure, {"text": "牢记“两个永远在路上”", "task__heading": "强队伍，严管厚爱，建设队伍素质最过硬法院"}),
    "N73": (
        Measure,
        {
            "text": "以习近平法治思想为“纲”和“魂”，融入审执全过程",
            "task__heading": "强队伍，严管厚爱，建设队伍素质最过硬法院",
        },
    ),
    "N74": (
        Measure,
        {"text": "树立正确政绩观，带头改进作风", "task__heading": "强队伍，严管厚爱，建设队伍素质最过硬法院"},
    ),
    "N75": (
        Measure,
        {"text": "把精力集中到审判、执行和管理", "task__heading": "强队伍，严管厚爱，建设队伍素质最过硬法院"},
    ),
    "N76": (
        Measure,
        {
            "text": "打造法院铁军",
            "task__heading": "强队伍，严管厚爱，建设队伍素质最过硬法院",
            "target": "对党、国家、人民、法律忠诚",
        },
    ),
    "N91": (
        PriorityTask,
        {
            "heading": "坚持能动司法，以更优服务保障开发区高质量发展",
            "speech__kind": "deployment",
            "speech__name": "任智峰",
        },
    ),
    "N92": (
        Measure,
        {"text": "对照“走在前、做示范”要求", "task__heading": "坚持能动司法，以更优服务保障开发区高质量发展"},
    ),
    "N93": (
        Measure,
        {"text": "推进营商环境提升三年行动计划", "task__heading": "坚持能动司法，以更优服务保障开发区高质量发展"},
    ),
    "N94": (
        Measure,
        {
            "text": "树立“案案都是营商环境”理念",
            "task__heading": "坚持能动司法，以更优服务保障开发区高质量发展",
            "target": "擦亮“营商环境最高地”",
        },
    ),
    "N95": (
        Measure,
        {"text": "防范化解房地产风险和金融风险", "task__heading": "坚持能动司法，以更优服务保障开发区高质量发展"},
    ),
    "N96": (
        Measure,
        {
            "text": "征地拆迁、商事合同、招商协议纠纷审得又快又稳",
            "task__heading": "坚持能动司法，以更优服务保障开发区高质量发展",
        },
    ),
    "N97": (
        PriorityTask,
        {
            "heading": "创新工作机制，以更实举措提升诉源治理多元化解成效",
            "speech__kind": "deployment",
            "speech__name": "任智峰",
        },
    ),
    "N98": (
        Measure,
        {
            "text": "完善“法院+N”解纷架构",
            "task__heading": "创新工作机制，以更实举措提升诉源治理多元化解成效",
            "target": "基层共治“强磁场”",
        },
    ),
    "N99": (
        Measure,
        {
            "text": "健全“管理+评价”机制",
            "task__heading": "创新工作机制，以更实举措提升诉源治理多元化解成效",
            "target": "解纷渠道“全链条”",
        },
    ),
    "N100": (
        Measure,
        {
            "text": "用好“预防+疏导”模式",
            "task__heading": "创新工作机制，以更实举措提升诉源治理多元化解成效",
            "target": "化解矛盾“良药方”",
        },
    ),
    "N101": (
        PriorityTask,
        {
            "heading": "围绕特色审判，以更高标准打造“行政+涉外商事”集中管辖诉讼品牌及江海法庭",
            "speech__kind": "deployment",
            "speech__name": "任智峰",
        },
    ),
    "N102": (
        Measure,
        {
            "text": "成立“行政争议调处中心”和县区“分中心”",
            "task__heading": "围绕特色审判，以更高标准打造“行政+涉外商事”集中管辖诉讼品牌及江海法庭",
        },
    ),
    "N103": (
        Measure,
        {
            "text": "用好“司法援助、行政自纠、繁简分流、实质化解、诉源治理”五项机制",
            "task__heading": "围绕特色审判，以更高标准打造“行政+涉外商事”集中管辖诉讼品牌及江海法庭",
            "target": "行政诉讼品牌更有成效",
        },
    ),
    "N104": (
        Measure,
        {
            "text": "加快建设行政、涉外商事审判“两个中心”",
            "task__heading": "围绕特色审判，以更高标准打造“行政+涉外商事”集中管辖诉讼品牌及江海法庭",
        },
    ),
    "N105": (
        Measure,
        {
            "text": "把涉外商事审判品牌做出高标准",
            "task__heading": "围绕特色审判，以更高标准打造“行政+涉外商事”集中管辖诉讼品牌及江海法庭",
        },
    ),
    "N106": (
        PriorityTask,
        {
            "heading": "聚焦公正效率，以更大力度推进审判管理现代化和数字法院建设",
            "speech__kind": "deployment",
            "speech__name": "任智峰",
        },
    ),
    "N107": (
        Measure,
        {
            "text": "巩固全链条的审判管理机制",
            "task__heading": "聚焦公正效率，以更大力度推进审判管理现代化和数字法院建设",
        },
    ),
    "N108": (
        Measure,
        {
            "text": "对照新指标体系，每时每天都抓",
            "task__heading": "聚焦公正效率，以更大力度推进审判管理现代化和数字法院建设",
        },
    ),
    "N109": (
        Measure,
        {
            "text": "发挥法官会议作用",
            "task__heading": "聚焦公正效率，以更大力度推进审判管理现代化和数字法院建设",
            "target": "提质增效",
        },
    ),
    "N110": (
        Measure,
        {"text": "专项打击“拒执罪”", "task__heading": "聚焦公正效率，以更大力度推进审判管理现代化和数字法院建设"},
    ),
    "N111": (
        Measure,
        {"text": "法检联合，多做专题研讨", "task__heading": "聚焦公正效率，以更大力度推进审判管理现代化和数字法院建设"},
    ),
    "N112": (
        PriorityTask,
        {"heading": "全面从严治党，以更严要求塑造一流法院队伍", "speech__kind": "deployment", "speech__name": "任智峰"},
    ),
    "N113": (Measure, {"text": "做实“强基赋能”工程", "task__heading": "全面从严治党，以更严要求塑造一流法院队伍"}),
    "N114": (Measure, {"text": "深化“攻坚有我”行动", "task__heading": "全面从严治党，以更严要求塑造一流法院队伍"}),
    "N115": (Measure, {"text": "党建促“提质增效”", "task__heading": "全面从严治党，以更严要求塑造一流法院队伍"}),
    "N116": (
        Measure,
        {"text": "制定考核办法，覆盖全案、全员、全时", "task__heading": "全面从严治党，以更严要求塑造一流法院队伍"},
    ),
    "N117": (Measure, {"text": "评选季度办案之星", "task__heading": "全面从严治党，以更严要求塑造一流法院队伍"}),
    "N118": (Measure, {"text": "案件质量评查机制更完善", "task__heading": "全面从严治党，以更严要求塑造一流法院队伍"}),
}
